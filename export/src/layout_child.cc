#include "layout_child.h"

#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

namespace whowhom::exports {
namespace {

constexpr rlim_t kMemoryBytes = rlim_t{2} << 30;

}  // namespace

LaidOutGraph LayOutLimited(const std::string& dot, const std::string& engine, uint32_t seconds) {
  const rlimit cpu{seconds, seconds + 1};
  ::setrlimit(RLIMIT_CPU, &cpu);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  const rlimit memory{kMemoryBytes, kMemoryBytes};
  ::setrlimit(RLIMIT_AS, &memory);
#endif
  const rlimit core{0, 0};
  ::setrlimit(RLIMIT_CORE, &core);
  std::signal(SIGXCPU, SIG_DFL);
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
  if (::freopen("/dev/null", "w", stderr) == nullptr) ::_exit(3);  // Graphviz warns about fonts and labels
  LaidOutGraph out{gvContext(), agmemread(dot.c_str())};
  if (out.context == nullptr || out.graph == nullptr) ::_exit(3);
  if (gvLayout(out.context, out.graph, engine.c_str()) != 0) ::_exit(4);
  return out;
}

}  // namespace whowhom::exports
