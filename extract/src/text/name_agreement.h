// Names of one article agree with each other: what is clear in one sentence settles what is not in another.
#pragma once

#include <span>

#include "text/name_lexicon.h"
#include "whowhom/extract/sentence.h"

namespace whowhom::extract::text {

// Rules, on names of type PERSON, ORG, GPE and PLACE:
//  1. A lone word that is the surname of a person named in full elsewhere in the article is that person:
//     "Ruth Vale ... Vale said", also where the model took it for a place or missed it. Countries and their
//     capitals are left alone ("Milo Jordan" does not make Jordan a person).
//  2. The same words with different types get the type of most of their mentions (two at least).
//  3. Words that are a name at least twice are one where the model missed them, if they are proper nouns that
//     stand alone ("CTRU" between two other words).
// Cost: linear in the tokens.
void AgreeNames(const NameLexicon& lexicon, std::span<Sentence> sentences);

}  // namespace whowhom::extract::text
