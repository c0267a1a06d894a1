#include "read/encoding.h"
#include "read/formats.h"
#include "read/normalize.h"
#include "read/plain_text.h"

namespace whowhom::extract::read {

void ReadTextPage(std::string_view bytes, const std::string& path, ReadContext* context) {
  Decoded decoded = DecodeBytes(bytes, {});
  RawArticle raw;
  raw.path = path;
  if (decoded.replaced > 0) {
    raw.notes.push_back(std::to_string(decoded.replaced) + " invalid bytes were replaced (read as " +
                        decoded.encoding + ")");
  }
  raw.blocks = SplitPlainText(NormalizeText(decoded.text));
  context->EmitPage(std::move(raw), 0);
}

}  // namespace whowhom::extract::read
