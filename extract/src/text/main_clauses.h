// Sentences whose main verb the parser took for part of a phrase: the verb becomes the root again.
#pragma once

#include "whowhom/extract/sentence.h"

namespace whowhom::extract::text {

// "Norland and Sudland proposed talks" read as talks that were proposed. Cost: linear.
void RepairVerblessClause(Sentence* sentence);
// "Lena Hart, who left early, addressed voters" with the second verb read into the relative clause: a past
// form behind the comma that closes it, without subject or conjunction, is what the noun before did. Cost:
// linear in the tokens for each relative clause.
void RepairLostVerb(Sentence* sentence);
// "was due to have an election" with "due to" read as a preposition ("because of"): "due" is what somebody
// was, and the base form behind it what he was to do. Cost: linear in the tokens for each "due to".
void RepairDueTo(Sentence* sentence);

// "Asked about the site, Berg said" with the opening participle read as what Berg said: a clause beside.
// Cost: linear in the tokens for each participle.
void RepairOpeningParticiple(Sentence* sentence);

// "guarded buildings and main roads were sealed off" with the roads read as guarded: a finite passive without
// a subject takes the noun that ends right before it. Cost: linear in the tokens for each such verb.
void RepairSharedObject(Sentence* sentence);
// "They were by no means widespread" with "means" as what they were. Cost: linear.
void RepairByNoMeans(Sentence* sentence);

}  // namespace whowhom::extract::text
