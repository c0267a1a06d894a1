// Bytes of known encoding -> text as it is stored.
#pragma once

#include <string>
#include <string_view>

namespace whowhom::extract::read {

// Makes valid UTF-8 text canonical: NFC; soft hyphens, zero-width characters, byte order marks and
// bidirectional controls removed; every kind of blank a plain blank; CRLF and CR a line feed; other control
// characters a blank. Quotes and dashes stay as written. Invalid bytes become U+FFFD. Cost: linear, one pass
// for ASCII.
std::string NormalizeText(std::string_view text);

// The repair given to the `text` of article JSON, whose offsets belong to its author: NUL and other control
// characters become blanks of the same length; nothing else changes. REQUIRES: valid UTF-8.
void BlankControls(std::string* text);

// True if all bytes are ASCII. About 10 GB/s.
bool IsAscii(std::string_view text);

}  // namespace whowhom::extract::read
