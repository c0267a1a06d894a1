#include "whowhom/extract/event_coder.h"

#include <gtest/gtest.h>

#include <string>

#include "unit/extract/events/frame_notation.h"
#include "whowhom/core/tsv.h"

namespace whowhom::extract {
namespace {

const std::string kData = std::string(WHOWHOM_SOURCE_DIR) + "/data";

const EventCoder& Coder() {
  static const std::unique_ptr<EventCoder> coder = [] {
    auto loaded = EventCoder::Load(kData);
    if (!loaded.ok()) ADD_FAILURE() << loaded.error().message;
    return loaded.ok() ? std::move(loaded).value() : nullptr;
  }();
  return *coder;
}

std::string ClassOf(const std::string& frame) {
  return std::string(ToString(Coder().Code(ParseFrame(frame)).event_class));
}

std::string Explain(const std::string& frame) {
  EventCode code = Coder().Code(ParseFrame(frame));
  return frame + " -> " + std::string(ToString(code.event_class)) + "." + code.mode + " by " + code.entry;
}

TEST(EventLexicon, ExamplesOfFramesGetTheirClassAndCounterExamplesDoNot) {
  auto table = ReadTsv(kData + "/events/frames.tsv");
  ASSERT_TRUE(table.ok()) << table.error().message;
  auto when = table->Column("when"), event_class = table->Column("class"), example = table->Column("example"),
       counter_example = table->Column("counter_example");
  ASSERT_TRUE(when.ok() && event_class.ok() && example.ok() && counter_example.ok());
  size_t checked = 0;
  for (const TsvRow& row : table->rows) {
    std::string expected = row.fields[*event_class] == "-" ? "" : row.fields[*event_class];
    if (!row.fields[*example].empty()) {
      EXPECT_EQ(ClassOf(row.fields[*example]), expected)
          << "line " << row.line << ": " << Explain(row.fields[*example]);
      ++checked;
    }
    if (!row.fields[*counter_example].empty()) {
      EventCode code = Coder().Code(ParseFrame(row.fields[*counter_example]));
      EXPECT_EQ(code.entry.find("[" + row.fields[*when] + "]"), std::string::npos)
          << "line " << row.line << ": " << Explain(row.fields[*counter_example]);
    }
  }
  EXPECT_GT(checked, 300u);
}

struct Case {
  const char* frame;
  const char* event_class;
};

class EventRules : public testing::TestWithParam<Case> {};

TEST_P(EventRules, GiveTheClass) {
  EXPECT_EQ(ClassOf(GetParam().frame), GetParam().event_class) << Explain(GetParam().frame);
}

// The rules of the PLOVER codebook, as frames.
INSTANTIATE_TEST_SUITE_P(
    Plain, EventRules,
    testing::Values(
        Case{"accuse o=Oslo* s=Lima* c=spy", "ACCUSE"}, Case{"condemn o=attack s=minister*", "ACCUSE"},
        Case{"arrest o=editor* s=police*", "COERCE"}, Case{"bomb o=harbour s=jet", "ASSAULT"},
        Case{"launch o=attack s=rebel* p=on:barracks", "ASSAULT"},
        Case{"issue o=warning s=king* p=to:Oslo", "THREATEN"},
        Case{"hold o=talk s=envoy* p=with:rebel", "CONSULT"},
        Case{"sign o=agreement s=Lima* p=with:Quito", "SUPPORT"},
        Case{"express o=support s=Lima* p=for:plan", "SUPPORT"},
        Case{"express o=concern s=Lima*", "STATEMENT"}, Case{"take o=hostage s=gunman*", "ASSAULT"},
        Case{"open o=fire s=gunman* p=on:crowd", "ASSAULT"},
        Case{"send o=troop s=Lima* p=to:border", "MOBILIZE"}, Case{"provide o=aid s=Lima* p=to:Quito", "AID"},
        Case{"call s=bishop* p=on:government", "REQUEST"}, Case{"call on o=government* s=bishop*", "REQUEST"},
        Case{"pull out s=army* p=of:valley", "RETREAT"}, Case{"crack down s=police* p=on:march", "COERCE"},
        Case{"say s=minister*", "STATEMENT"}, Case{"resign s=premier*", "RETREAT"},
        Case{"expel o=diplomat s=Lima*", "SANCTION"},
        Case{"launch o=effort n=mediation s=bishop*", "CONSULT"},
        Case{"begin o=series n=attack s=rebel*", "ASSAULT"},
        Case{"impose o=sanction m=economic s=Lima* p=on:Quito", "COERCE"},
        Case{"hold o=talk m=peace s=Lima*", "CONSULT"}, Case{"eat o=bread s=boy*", ""},
        Case{"be o=teacher s=woman*", ""}, Case{"be o=willing s=Lima* c=withdraw", "AGREE"}));

INSTANTIATE_TEST_SUITE_P(PromiseAgainstAct, EventRules,
                         testing::Values(Case{"meet o=envoy* s=king* future", "AGREE"},
                                         Case{"meet o=envoy* s=king* modal=will", "AGREE"},
                                         Case{"visit o=Oslo* s=king* mod=planned", "AGREE"},
                                         Case{"promise s=Lima* c=send co=food", "AGREE"},
                                         Case{"agree s=Lima* c=withdraw", "AGREE"},
                                         Case{"offer s=Lima* c=negotiate", "AGREE"},
                                         Case{"withdraw o=troop s=Lima* p=from:valley", "RETREAT"},
                                         Case{"announce o=withdrawal s=Lima*", "CONCEDE"},
                                         Case{"complete o=withdrawal s=Lima*", "RETREAT"},
                                         Case{"begin s=Lima* c=withdraw co=troop", "RETREAT"},
                                         Case{"release o=prisoner s=rebel* future", "AGREE"},
                                         Case{"say s=Lima* c=release co=prisoner cm=will", "AGREE"},
                                         Case{"impose o=sanction s=Lima* future", "THREATEN"},
                                         Case{"boycott o=vote s=party* modal=would", "THREATEN"},
                                         Case{"threaten s=Lima* c=impose co=sanction", "THREATEN"},
                                         Case{"vow s=rebel* c=attack co=port", "THREATEN"},
                                         Case{"investigate o=bank* s=ministry* future", "ACCUSE"},
                                         Case{"say s=union* c=boycott co=vote cm=will", "THREATEN"}));

// What hangs on a condition, or is only possible, has not happened; the threat, promise or demand was made.
INSTANTIATE_TEST_SUITE_P(
    Commitments, EventRules,
    testing::Values(Case{"threaten s=Lima* c=attack co=port mod=conditional if", "THREATEN"},
                    Case{"offer s=Lima* c=negotiate mod=conditional if", "AGREE"},
                    Case{"demand s=Lima* o=withdrawal mod=conditional if", "REQUEST"},
                    Case{"refuse s=Lima* c=negotiate mod=conditional if", "REJECT"},
                    Case{"attack o=port s=Lima* mod=conditional if", ""},
                    Case{"condemn o=attack s=Lima* mod=conditional if", ""},
                    Case{"threaten s=Lima* c=attack co=port mod=conditional", ""},
                    Case{"be willing s=Lima* c=negotiate mod=possible chain", "AGREE"},
                    Case{"begin s=Lima* c=negotiate mod=possible chain", ""},
                    Case{"threaten s=Lima* c=attack mod=conditional modal=might if", ""}));

INSTANTIATE_TEST_SUITE_P(Attempts, EventRules,
                         testing::Values(Case{"try s=Lima* c=persuade co=Quito chain", "REQUEST"},
                                         Case{"try s=rebel* c=kill co=mayor chain", "ASSAULT"},
                                         Case{"try s=Lima* c=help chain", ""},
                                         Case{"try s=Lima* c=praise chain", ""}));

INSTANTIATE_TEST_SUITE_P(Intentions, EventRules,
                         testing::Values(Case{"want s=Lima* c=help co=Quito chain", "AGREE"},
                                         Case{"seek s=rebel* c=overthrow co=government chain", "THREATEN"},
                                         Case{"seek s=party* c=win co=election chain", ""},
                                         Case{"want s=Lima* o=Quito* c=leave", "REQUEST"},
                                         Case{"ask s=Lima* c=meet co=king chain", "REQUEST"}));

// What moves somebody is no deed of his.
INSTANTIATE_TEST_SUITE_P(Feelings, EventRules,
                         testing::Values(Case{"anger o=Lima* s=killing", ""},
                                         Case{"shock o=Lima* s=arrest", ""},
                                         Case{"express o=anger s=Lima* p=at:Quito", "ACCUSE"}));

INSTANTIATE_TEST_SUITE_P(Denials, EventRules,
                         testing::Values(Case{"deny s=Lima* c=shell co=port", "STATEMENT"},
                                         Case{"deny s=Lima* c=shell co=port cnot", "STATEMENT"},
                                         Case{"deny s=Lima* c=help", "STATEMENT"},
                                         Case{"deny s=Lima* c=attack chain", "STATEMENT"},
                                         Case{"deny s=Lima* o=request", "REJECT"},
                                         Case{"decline s=Lima* c=shell co=port cnot", "CONCEDE"}));

INSTANTIATE_TEST_SUITE_P(
    Refusal, EventRules,
    testing::Values(Case{"refuse s=Lima* c=release co=prisoner", "REJECT"},
                    Case{"refuse s=Lima* c=meet", "REJECT"}, Case{"reject o=proposal s=Lima*", "REJECT"},
                    Case{"reject o=accusation s=Lima*", "STATEMENT"},
                    Case{"lift o=embargo s=Lima* not future", "REJECT"},
                    Case{"say s=Lima* c=lift co=embargo cm=will cnot", "REJECT"},
                    Case{"agree s=Lima* not", "REJECT"}, Case{"support o=plan s=Lima* not", "REJECT"},
                    Case{"attack o=port s=army* not", ""}, Case{"arrest o=editor* s=police* not", ""},
                    Case{"accuse o=Oslo* s=Lima* not", ""},
                    Case{"fail s=party* c=reach co=agreement", "REJECT"},
                    Case{"cancel o=visit s=king*", "REJECT"}, Case{"deny o=allegation s=king*", "STATEMENT"},
                    Case{"deny o=entry s=Lima*", "REJECT"}, Case{"veto o=resolution s=Lima*", "REJECT"}));

INSTANTIATE_TEST_SUITE_P(StoppingAnAct, EventRules,
                         testing::Values(Case{"lift o=curfew s=Lima*", "CONCEDE"},
                                         Case{"lift o=sanction s=Lima*", "RETREAT"},
                                         Case{"suspend o=aid s=Lima*", "SANCTION"},
                                         Case{"call off o=strike s=union*", "CONCEDE"},
                                         Case{"stop s=army* c=shell co=port", "RETREAT"},
                                         Case{"violate o=ceasefire s=army*", "ASSAULT"},
                                         Case{"drop o=investigation s=prosecutor*", "CONCEDE"},
                                         Case{"halt o=talk s=Lima*", "SANCTION"}));

INSTANTIATE_TEST_SUITE_P(
    Requests, EventRules,
    testing::Values(Case{"demand o=withdrawal s=Lima*", "REQUEST"},
                    Case{"urge o=rebel* s=bishop* c=surrender", "REQUEST"},
                    Case{"say s=Lima* c=withdraw cm=must cother", "REQUEST"},
                    Case{"say s=Lima* c=do cm=must", "STATEMENT"},
                    Case{"order o=mission* s=minister* c=avoid", "REQUEST"},
                    Case{"order o=mission* s=minister* c=avoid sc=USA oc=USA ss=GOV os=GOV", ""},
                    Case{"order o=troop* s=president* c=withdraw sc=USA oc=USA ss=GOV os=MIL", ""},
                    Case{"order o=company* s=minister* c=pay sc=USA oc=USA ss=GOV os=BUS", "REQUEST"},
                    Case{"order o=embassy* s=minister* c=close sc=USA oc=RUS ss=GOV os=GOV", "REQUEST"},
                    Case{"order o=arrest s=court", "COERCE"},
                    Case{"summon o=ambassador s=ministry*", "ACCUSE"}));

INSTANTIATE_TEST_SUITE_P(
    NotAsserted, EventRules,
    testing::Values(Case{"attack o=port s=army* mod=possible", ""},
                    Case{"attack o=port s=army* mod=conditional", ""},
                    Case{"attack o=port s=army* mod=questioned", ""},
                    Case{"withdraw s=army* mod=ordered", ""}, Case{"withdraw s=army* mod=requested", ""},
                    Case{"attack o=port s=army* modal=should", ""},
                    Case{"attack o=port s=army* mod=conditional modal=would", "THREATEN"},
                    Case{"kill o=farmer* s=earthquake", ""}, Case{"kill o=farmer* s=airstrike", "ASSAULT"},
                    Case{"consider s=Lima* c=send co=aid", "STATEMENT"}));

TEST(EventCoder, FillsCameoQuadAndScaleFromTheOntology) {
  EventCode code = Coder().Code(ParseFrame("investigate o=bank* s=prosecutor*"));
  EXPECT_EQ(code.event_class, EventClass::kAccuse);
  EXPECT_EQ(code.mode, "investigate");
  EXPECT_EQ(code.cameo, "09");
  EXPECT_EQ(code.quad, Quad::kVerbalConflict);
  EXPECT_EQ(code.scale, -3.5);
}

TEST(EventCoder, TellsAskingFromDemandingByTheCameoRoot) {
  EXPECT_EQ(Coder().Code(ParseFrame("ask o=Lima* s=Quito* c=help")).cameo, "02");
  EXPECT_EQ(Coder().Code(ParseFrame("demand s=Quito* o=apology")).cameo, "10");
}

TEST(EventCoder, TakesTheModeOfAThreatFromTheActThreatened) {
  EXPECT_EQ(Coder().Code(ParseFrame("threaten s=Lima* c=expel co=diplomat")).mode, "expel");
  EXPECT_EQ(Coder().Code(ParseFrame("threaten s=Lima* c=bomb co=port")).mode, "violence");
  EXPECT_EQ(Coder().Code(ParseFrame("threaten s=Lima* c=impose co=curfew")).mode, "restrict");
}

TEST(EventCoder, GivesNothingForEmptyAndUnknownVerbs) {
  EXPECT_EQ(Coder().Code(EventFrame()).event_class, EventClass::kNone);
  EXPECT_EQ(ClassOf("zzyzx o=qwerty"), "");
  EventFrame huge;
  huge.verb = std::string(100000, 'x');
  huge.arguments.assign(1000, {"\xff\xfe", std::string(1000, 'y')});
  EXPECT_EQ(Coder().Code(huge).event_class, EventClass::kNone);
}

TEST(EventCoder, SaysWhichEntryDecided) {
  EXPECT_EQ(Coder().Code(ParseFrame("accuse o=Lima* s=Quito*")).entry, "accuse");
  EXPECT_NE(Coder().Code(ParseFrame("launch o=attack s=Quito*")).entry.find("attack"), std::string::npos);
}

TEST(EventCoder, DescribesEveryClassOfTheOntology) {
  std::string text = Coder().Describe();
  for (int i = 1; i <= 17; ++i) {
    EXPECT_NE(text.find("\n" + std::string(ToString(static_cast<EventClass>(i))) + "  cameo"),
              std::string::npos)
        << i;
  }
  EXPECT_NE(text.find("scale -3.5"), std::string::npos);
  EXPECT_NE(text.find("heavy-weapons"), std::string::npos);
}

TEST(EventCoder, RefusesAMissingFolderByName) {
  auto loaded = EventCoder::Load("/nonexistent");
  ASSERT_FALSE(loaded.ok());
  EXPECT_NE(loaded.error().message.find("/nonexistent/events"), std::string::npos);
}

}  // namespace
}  // namespace whowhom::extract
