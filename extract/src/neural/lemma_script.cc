#include "neural/lemma_script.h"

#include <charconv>
#include <cstdint>
#include <utility>

#include "whowhom/core/utf8.h"

namespace whowhom::extract::neural {
namespace {

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

size_t CharacterCount(std::string_view text) {
  size_t count = 0;
  for (char c : text) count += IsContinuation(c) ? 0 : 1;
  return count;
}

std::string WithCase(std::string_view form, char mode) {
  if (mode == 'K') return std::string(form);
  std::string lower = ToLower(form);
  if (mode == 'L' || lower.empty()) return lower;
  uint32_t first = DecodeUtf8(lower, 0).length;
  return ToUpper(std::string_view(lower).substr(0, first)) + lower.substr(first);
}

}  // namespace

std::string LemmaScript(std::string_view form, std::string_view lemma) {
  std::string best;
  size_t best_cost = SIZE_MAX;
  for (char mode : {'K', 'L', 'T'}) {
    std::string base = WithCase(form, mode);
    size_t common = 0;
    while (common < base.size() && common < lemma.size() && base[common] == lemma[common]) ++common;
    while (common > 0 && ((common < base.size() && IsContinuation(base[common])) ||
                          (common < lemma.size() && IsContinuation(lemma[common])))) {
      --common;
    }
    size_t strip = CharacterCount(std::string_view(base).substr(common));
    std::string_view append = lemma.substr(common);
    size_t cost = 2 * (strip + append.size()) + (mode == 'K' ? 0 : 1);
    if (cost < best_cost) {
      best_cost = cost;
      best.assign(1, mode).append(std::to_string(strip)).append(1, '|').append(append);
    }
  }
  return best;
}

std::string ApplyLemmaScript(std::string_view form, std::string_view script) {
  size_t bar = script.find('|');
  if (bar == std::string_view::npos || bar < 2) return std::string(form);
  size_t strip = 0;
  auto [end, error] = std::from_chars(script.data() + 1, script.data() + bar, strip);
  if (error != std::errc() || end != script.data() + bar) return std::string(form);
  std::string lemma = WithCase(form, script[0]);
  if (strip > CharacterCount(lemma)) return std::string(form);
  for (; strip > 0; --strip) {
    while (!lemma.empty() && IsContinuation(lemma.back())) lemma.pop_back();
    if (!lemma.empty()) lemma.pop_back();
  }
  lemma.append(script.substr(bar + 1));
  return lemma.empty() ? std::string(form) : lemma;
}

}  // namespace whowhom::extract::neural
