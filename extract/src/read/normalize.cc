#include "read/normalize.h"

#include <cstdint>
#include <cstring>

#include "whowhom/core/utf8.h"

namespace whowhom::extract::read {
namespace {

enum class Treatment : uint8_t { kKeep, kDrop, kBlank, kLineEnd };

// What happens to a code point above ASCII.
Treatment TreatmentOf(char32_t c) {
  if (c == 0x85 || c == 0x2028) return Treatment::kLineEnd;
  if (c == 0x2029) return Treatment::kLineEnd;
  if (c < 0xA0) return Treatment::kBlank;  // C1 controls
  if (c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0x1680) {
    return Treatment::kBlank;
  }
  if (c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
      (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == 0x180E || c == 0x034F || c == 0x061C ||
      (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE007F)) {
    return Treatment::kDrop;
  }
  return Treatment::kKeep;
}

// Code points that NFC may change or compose with what stands before them. Everything below U+0300 is stable,
// and so is the general punctuation block after the blanks were handled (Unicode: NFC_Quick_Check=Yes).
bool MayNeedNfc(char32_t c) {
  return c >= 0x300 && !(c >= 0x2010 && c <= 0x205E) && !(c >= 0x4E00 && c <= 0x9FFF);
}

}  // namespace

bool IsAscii(std::string_view text) {
  size_t i = 0;
  uint64_t seen = 0;
  for (; i + 32 <= text.size(); i += 32) {
    uint64_t words[4];
    std::memcpy(words, text.data() + i, 32);
    seen |= words[0] | words[1] | words[2] | words[3];
  }
  for (; i < text.size(); ++i) seen |= static_cast<unsigned char>(text[i]);
  return (seen & 0x8080808080808080ULL) == 0;
}

std::string NormalizeText(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool needs_nfc = false;
  for (size_t i = 0; i < text.size();) {
    size_t plain = i;
    while (plain < text.size() && text[plain] >= ' ' && text[plain] != 0x7F) ++plain;
    if (plain > i) {
      out.append(text, i, plain - i);
      i = plain;
      continue;
    }
    const char byte = text[i];
    if (static_cast<unsigned char>(byte) < 0x80) {
      if (byte == '\r') {
        if (i + 1 >= text.size() || text[i + 1] != '\n') out.push_back('\n');
      } else {
        out.push_back(byte == '\n' ? '\n' : ' ');
      }
      ++i;
      continue;
    }
    const CodePoint point = DecodeUtf8(text, i);
    switch (TreatmentOf(point.value)) {
      case Treatment::kKeep:
        AppendUtf8(point.value, &out);
        break;
      case Treatment::kDrop:
        break;
      case Treatment::kBlank:
        out.push_back(' ');
        break;
      case Treatment::kLineEnd:
        out.push_back('\n');
        break;
    }
    needs_nfc = needs_nfc || MayNeedNfc(point.value);
    i += point.length;
  }
  return needs_nfc ? ToNfc(out) : out;
}

void BlankControls(std::string* text) {
  for (char& c : *text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && c != '\n' && c != '\t' && c != '\r') || byte == 0x7F) c = ' ';
  }
}

}  // namespace whowhom::extract::read
