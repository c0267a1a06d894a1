#include "fuzz/read_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  return whowhom::extract::FuzzReader(data, size, "feed.xml");
}
