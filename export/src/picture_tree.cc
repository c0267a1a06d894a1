#include "text_escape.h"
#include "whowhom/export/picture.h"

namespace whowhom::exports {

std::string TreeToDot(const std::vector<TreeWord>& words) {
  std::string dot =
      "digraph tree {\n  graph [charset=\"UTF-8\", ordering=\"out\", ranksep=\"0.4\", nodesep=\"0.15\", "
      "pad=\"0.2\"];\n"
      "  node [shape=\"plaintext\", fontname=\"DejaVu Sans\", fontsize=\"12\", margin=\"0.05,0.03\"];\n"
      "  edge [fontname=\"DejaVu Sans\", fontsize=\"9\", color=\"#0072B2\", fontcolor=\"#0072B2\", "
      "arrowsize=\"0.6\"];\n";
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string form = QuoteDot(words[i].form, 100);
    const std::string tag = QuoteDot(words[i].tag, 40);
    dot += "  \"w" + std::to_string(i) + "\" [label=\"" + form.substr(1, form.size() - 2) + "\\n" +
           tag.substr(1, tag.size() - 2) + "\"];\n";
  }
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i].head < 0) continue;
    dot += "  \"w" + std::to_string(words[i].head) + "\" -> \"w" + std::to_string(i) +
           "\" [label=" + QuoteDot(words[i].relation, 40) + "];\n";
  }
  return dot + "}\n";
}

}  // namespace whowhom::exports
