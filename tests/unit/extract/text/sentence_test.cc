#include "whowhom/extract/sentence.h"

#include <gtest/gtest.h>

namespace whowhom::extract {
namespace {

TEST(UposNames, RoundTripForEveryTag) {
  for (int i = 0; i <= static_cast<int>(Upos::kX); ++i) {
    const Upos upos = static_cast<Upos>(i);
    EXPECT_EQ(ParseUpos(ToString(upos)), upos) << ToString(upos);
  }
  EXPECT_EQ(ToString(Upos::kPropn), "PROPN");
  EXPECT_EQ(ToString(Upos::kVerb), "VERB");
  EXPECT_EQ(ParseUpos("propn"), std::nullopt);
  EXPECT_EQ(ParseUpos(""), std::nullopt);
}

TEST(DeprelNames, RoundTripForEveryRelation) {
  for (int i = 0; i <= static_cast<int>(Deprel::kXcomp); ++i) {
    const Deprel deprel = static_cast<Deprel>(i);
    EXPECT_EQ(ParseDeprel(ToString(deprel)), deprel) << ToString(deprel);
  }
  EXPECT_EQ(ToString(Deprel::kNsubjPass), "nsubj:pass");
  EXPECT_EQ(ToString(Deprel::kAclRelcl), "acl:relcl");
}

TEST(DeprelNames, FallBackToTheUniversalPart) {
  EXPECT_EQ(ParseDeprel("obl:npmod"), Deprel::kObl);
  EXPECT_EQ(ParseDeprel("nmod:tmod"), Deprel::kNmod);
  EXPECT_EQ(ParseDeprel("clf"), std::nullopt);
  EXPECT_EQ(ParseDeprel(":pass"), std::nullopt);
}

TEST(Universal, DropsTheSubtype) {
  EXPECT_EQ(Universal(Deprel::kNsubjPass), Deprel::kNsubj);
  EXPECT_EQ(Universal(Deprel::kCompoundPrt), Deprel::kCompound);
  EXPECT_EQ(Universal(Deprel::kObj), Deprel::kObj);
}

TEST(NameTypeNames, RoundTripForEveryType) {
  for (int i = 0; i <= static_cast<int>(NameType::kPercent); ++i) {
    const NameType type = static_cast<NameType>(i);
    EXPECT_EQ(ParseNameType(ToString(type)), type) << ToString(type);
  }
  EXPECT_EQ(ParseNameType("LOC"), std::nullopt);
}

TEST(ChildrenOf, ListsChildrenInOrderAndIgnoresBrokenHeads) {
  Sentence sentence;
  sentence.tokens.resize(4);
  sentence.tokens[0].head = 1;
  sentence.tokens[1].head = -1;
  sentence.tokens[2].head = 1;
  sentence.tokens[3].head = 9;  // points outside
  const auto children = ChildrenOf(sentence);
  ASSERT_EQ(children.size(), 4u);
  EXPECT_EQ(children[1], (std::vector<uint32_t>{0, 2}));
  EXPECT_TRUE(children[0].empty());
}

}  // namespace
}  // namespace whowhom::extract
