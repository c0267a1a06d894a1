# Run as a script: turns text files into one C++ source, each as an array of bytes with its SHA-256.
#   cmake -DOUTPUT=x.cc -DFILES=a.js;b.css -P EmbedFiles.cmake
# a.js becomes k_a_js (std::string_view) and k_a_js_sha256 (64 hex digits) in whowhom::exports::embedded.
set(text "#include \"embedded_files.h\"\n\nnamespace whowhom::exports::embedded {\n")
foreach(file ${FILES})
  get_filename_component(name ${file} NAME)
  string(MAKE_C_IDENTIFIER "${name}" id)
  file(READ ${file} hex HEX)
  file(SHA256 ${file} sum)
  string(REGEX REPLACE "(................................)" "\\1\n" hex "${hex}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
  string(APPEND text "static constexpr char kBytes_${id}[] = {\n${bytes}};\n"
    "const std::string_view k_${id}(kBytes_${id}, sizeof(kBytes_${id}));\n"
    "const std::string_view k_${id}_sha256 = \"${sum}\";\n")
endforeach()
string(APPEND text "}  // namespace whowhom::exports::embedded\n")
file(WRITE ${OUTPUT} "${text}")
