// The readers of the single formats. Each streams what it can and reports what it cannot read; none ever
// throws.
#pragma once

#include <string>
#include <string_view>

#include "read/context.h"
#include "read/source.h"

namespace whowhom::extract::read {

// Pages larger than this are cut (the rest is reported): scripts and menus take more room than text.
inline constexpr size_t kMaxPageBytes = size_t{32} << 20;

// One plain-text article. bytes: in any encoding.
void ReadTextPage(std::string_view bytes, const std::string& path, ReadContext* context);

}  // namespace whowhom::extract::read
