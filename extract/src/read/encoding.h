// Bytes -> UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace whowhom::extract::read {

struct Decoded {
  std::string text;      // valid UTF-8
  std::string encoding;  // what was assumed, upper case
  size_t replaced = 0;   // invalid parts that became U+FFFD
};

// Decides by byte order mark, zero bytes of UTF-16, validity as UTF-8, the declared charset (of a header,
// `meta` or XML declaration; may be empty or unknown), then statistics (uchardet), then Windows-1252. Bytes
// that are valid UTF-8 are UTF-8 whatever was declared: a wrong declaration is common, chance validity is
// not. Cost: linear.
Decoded DecodeBytes(std::string_view bytes, std::string_view declared);

// The charset named in the first 4 kB: `<meta charset=x>`, `content="...charset=x"` or `<?xml
// encoding="x"?>`.
std::string DeclaredCharset(std::string_view head);

// True if the bytes are UTF-16 or UTF-32 by mark or by their zero bytes.
bool IsWideEncoding(std::string_view head);

}  // namespace whowhom::extract::read
