#include "statements/surface.h"

#include "statements/phrases.h"

namespace whowhom::extract::statements {

namespace {

class Renderer {
 public:
  Renderer(const Tree& tree, const Fact& fact, double confidence, std::vector<SurfaceTriple>* triples)
      : tree_(tree), fact_(fact), confidence_(confidence), triples_(triples) {}

  void Render() {
    const Slot& left = fact_.is_passive ? fact_.object : fact_.subject;
    if (left.empty()) return;
    subject_ = TokenText(tree_, left.tokens);
    verb_ = fact_.predicate;
    bool said = false;
    if (fact_.is_passive && !fact_.subject.empty()) {
      Add(verb_, fact_.agent_marker, fact_.subject.tokens);
      said = true;
    }
    if (!fact_.is_passive && !fact_.object.empty()) {
      if (!fact_.receiver.empty()) {
        Add(Union(verb_, fact_.receiver.tokens), {}, fact_.object.tokens);
        Add(verb_, {}, fact_.receiver.tokens);
      } else {
        Add(verb_, {}, fact_.object.tokens);
      }
      said = true;
    } else if (!fact_.receiver.empty()) {
      Add(verb_, {}, fact_.receiver.tokens);
      said = true;
    }
    for (const ArgSlot& arg : fact_.args) said |= RenderArgument(arg);
    if (!said) Add(verb_, {}, {});
  }

 private:
  // What the predicate of a further triple holds: verb and objects, without the object's own prepositional phrases.
  TokenSet Core(bool with_object) const {
    TokenSet core = verb_;
    if (fact_.is_passive || !with_object) return core;
    if (!fact_.receiver.empty()) core = Union(core, fact_.receiver.tokens);
    if (fact_.object.empty()) return core;
    if (fact_.object.is_clause || fact_.object.head == kNoToken) return Union(core, fact_.object.tokens);
    return Union(core, NounPhrase(tree_, static_cast<uint32_t>(fact_.object.head),
                                  {.prepositions = false, .infinitives = false}));
  }

  bool RenderArgument(const ArgSlot& arg) {
    if (arg.owner != kNoToken && arg.owner != fact_.object.head) return false;
    Add(Core(true), arg.marker, arg.phrase.tokens);
    return true;
  }

  // `marker` stands at the end of the predicate wherever it stands in the sentence.
  void Add(const TokenSet& predicate, const TokenSet& marker, const TokenSet& object) {
    SurfaceTriple triple;
    triple.subject = subject_;
    triple.predicate = fact_.shown.empty() ? TokenText(tree_, predicate) : fact_.shown;
    if (!marker.empty()) triple.predicate += " " + TokenText(tree_, marker);
    triple.rules = fact_.rules;
    if (!object.empty()) triple.object = TokenText(tree_, object);
    triple.confidence = confidence_;
    for (const SurfaceTriple& other : *triples_) {
      if (other.subject == triple.subject && other.predicate == triple.predicate && other.object == triple.object) return;
    }
    triples_->push_back(std::move(triple));
  }

  const Tree& tree_;
  const Fact& fact_;
  const double confidence_;
  std::vector<SurfaceTriple>* triples_;
  std::string subject_;
  TokenSet verb_;
};

}  // namespace

void RenderTriples(const Tree& tree, const Lexicon&, const Fact& fact, double confidence,
                   std::vector<SurfaceTriple>* triples) {
  Renderer(tree, fact, confidence, triples).Render();
}

}  // namespace whowhom::extract::statements
