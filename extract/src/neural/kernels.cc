#include "neural/kernels.h"

#include <string_view>

namespace whowhom::extract::neural {

namespace generic {
extern const Kernels kKernels;
}
#if defined(__x86_64__)
namespace avx2 {
extern const Kernels kKernels;
}
namespace avx512 {
extern const Kernels kKernels;
}
#endif

const Kernels* KernelsFor(InstructionSet set) {
  switch (set) {
    case InstructionSet::kGeneric:
      return &generic::kKernels;
#if defined(__x86_64__)
    case InstructionSet::kAvx2:
      return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? &avx2::kKernels : nullptr;
    case InstructionSet::kAvx512:
      return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                     __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq")
                 ? &avx512::kKernels
                 : nullptr;
#else
    default:
      return nullptr;
#endif
  }
  return nullptr;
}

const Kernels& BestKernels() {
  if (const Kernels* kernels = KernelsFor(InstructionSet::kAvx512); kernels != nullptr) return *kernels;
  if (const Kernels* kernels = KernelsFor(InstructionSet::kAvx2); kernels != nullptr) return *kernels;
  return generic::kKernels;
}

const Kernels* KernelsByName(const char* name) {
  const std::string_view wanted(name);
  if (wanted == "best") return &BestKernels();
  if (wanted == "avx512") return KernelsFor(InstructionSet::kAvx512);
  if (wanted == "avx2") return KernelsFor(InstructionSet::kAvx2);
  if (wanted == "generic") return KernelsFor(InstructionSet::kGeneric);
  return nullptr;
}

}  // namespace whowhom::extract::neural
