# One helper for all modules: whowhom_module(NAME DEPENDS a b) makes the library
# whowhom_NAME from NAME/src/**.cc with the include root NAME/include.
# A module sees only the include roots of the modules it names, so an upward
# include does not compile.
add_library(whowhom_options INTERFACE)
target_compile_options(whowhom_options INTERFACE -Wall -Wextra -Wpedantic -Werror $<$<CXX_COMPILER_ID:GNU>:-Wshadow=local> $<$<CXX_COMPILER_ID:Clang>:-Wshadow> -Wnon-virtual-dtor)
# GCC 12 warns falsely in its own std::string and std::vector code (GCC bugs 105651, 104475).
target_compile_options(whowhom_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict -Wno-free-nonheap-object>)
# Members left out of a designated initialiser have the defaults that the struct gives them.
target_compile_options(whowhom_options INTERFACE -Wno-missing-field-initializers)
if(WHOWHOM_SANITIZE)
  target_compile_options(whowhom_options INTERFACE -fsanitize=${WHOWHOM_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(whowhom_options INTERFACE -fsanitize=${WHOWHOM_SANITIZE})
  # RapidJSON 1.1.0 adds to a null pointer when its stack is empty, which clang reports.
  target_compile_options(whowhom_options INTERFACE $<$<CXX_COMPILER_ID:Clang>:-fno-sanitize=pointer-overflow>)
endif()
if(WHOWHOM_FUZZ)  # the readers must be instrumented, or the fuzzer sees nothing of them
  target_compile_options(whowhom_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(WHOWHOM_COVERAGE)
  target_compile_options(whowhom_options INTERFACE --coverage)
  target_link_options(whowhom_options INTERFACE --coverage)
endif()

function(whowhom_module NAME)
  cmake_parse_arguments(ARG "" "" "DEPENDS;PRIVATE_LIBS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/src/*.cc)
  add_library(whowhom_${NAME} STATIC ${sources})
  add_library(whowhom::${NAME} ALIAS whowhom_${NAME})
  set_target_properties(whowhom_${NAME} PROPERTIES EXPORT_NAME ${NAME} POSITION_INDEPENDENT_CODE ON)
  target_include_directories(whowhom_${NAME}
    PUBLIC $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
    PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/src)
  foreach(dep ${ARG_DEPENDS})
    target_link_libraries(whowhom_${NAME} PUBLIC whowhom_${dep})
  endforeach()
  target_link_libraries(whowhom_${NAME} PRIVATE ${ARG_PRIVATE_LIBS} $<BUILD_INTERFACE:whowhom_options>)
  install(TARGETS whowhom_${NAME} EXPORT whowhomTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
  install(DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
endfunction()

# pkg_check_modules with an imported target, remembered so that whowhomConfig.cmake finds it again for consumers.
macro(whowhom_pkg PREFIX)
  pkg_check_modules(${PREFIX} REQUIRED IMPORTED_TARGET ${ARGN})
  string(REPLACE ";" " " whowhom_pkg_names "${ARGN}")
  set_property(GLOBAL APPEND_STRING PROPERTY WHOWHOM_PKG_MODULES
    "pkg_check_modules(${PREFIX} REQUIRED IMPORTED_TARGET ${whowhom_pkg_names})\n")
endmacro()
