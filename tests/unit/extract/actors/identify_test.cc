#include <gtest/gtest.h>

#include <fstream>

#include "whowhom/extract/actors.h"

namespace whowhom::extract {
namespace {

const std::string kData = std::string(WHOWHOM_SOURCE_DIR) + "/data";

const ActorResolver& Shipped() {
  static const std::unique_ptr<ActorResolver> resolver = [] {
    auto loaded = ActorResolver::Load(kData, "", {});
    EXPECT_TRUE(loaded.ok()) << loaded.error().message;
    return std::move(loaded).value();
  }();
  return *resolver;
}

ActorMeaning Identify(const std::string& phrase, const std::string& date = "",
                      const std::string& context = "") {
  return Shipped().Identify(phrase, ParseDay(date), context);
}

TEST(Identify, GivesCountryAndSectorOfANationalityAndANoun) {
  const ActorMeaning meaning = Identify("three Norwegian fishermen");
  EXPECT_EQ(meaning.country, "NOR");
  EXPECT_EQ(meaning.sector, "CVL");
  EXPECT_EQ(meaning.type, EntityType::kGroup);
}

TEST(Identify, AKnownSurnameBeforeOtherNamesIsAPartOfTheName) {
  const ActorMeaning meaning = Identify("Defence Minister Chaudhry Ada Berg");
  EXPECT_EQ(meaning.actor, "Chaudhry Ada Berg");
  EXPECT_EQ(meaning.sector, "GOV");
  EXPECT_NE(Identify("Prime Minister Chaudhry").actor, "Chaudhry") << "alone it names the one who is known";
}

TEST(Identify, AKnownSurnameBehindAnotherGivenNameIsSomebodyElses) {
  EXPECT_EQ(Identify("Kent Cameron").actor, "Kent Cameron");
  EXPECT_EQ(Identify("Kent Cameron").country, "") << "Kent is a part of the name";
  for (const char* phrase : {"Prime Minister Cameron", "British Cameron", "Tory Cameron", "Cameron"})
    EXPECT_NE(Identify(phrase).actor, phrase) << phrase;
}

TEST(Identify, KnowsWhoHeldAnOfficeOnTheDay) {
  EXPECT_EQ(Identify("the U.S. secretary of state", "2020-01-08").actor, "Mike Pompeo");
  EXPECT_EQ(Identify("the U.S. secretary of state", "2010-06-01").actor, "Hillary Clinton");
  EXPECT_EQ(Identify("the British prime minister", "2020-01-08").actor, "Boris Johnson");
}

TEST(Identify, ACommonSurnameIsAKnownPersonOnlyWhileHeOrSheLeads) {
  EXPECT_EQ(Identify("Johnson", "2020-01-08").actor, "Boris Johnson");
  EXPECT_EQ(Identify("Kim", "2018-06-12").actor, "Kim Jong-un");
  EXPECT_EQ(Identify("Johnson", "2010-01-08").actor, "Johnson");
  EXPECT_EQ(Identify("Smith", "2018-01-08").actor, "Smith");
  EXPECT_EQ(Identify("Cohen").actor, "Cohen");
  // A rare one is, near the time in office.
  EXPECT_EQ(Identify("Pompeo", "2018-05-18").actor, "Mike Pompeo");
  EXPECT_EQ(Identify("Pompeo", "1995-05-18").actor, "Pompeo");
}

TEST(Identify, MakesAFormerHolderOneOfTheElite) {
  EXPECT_EQ(Identify("Theresa May", "2018-01-01").sector, "GOV");
  EXPECT_EQ(Identify("Theresa May", "2023-01-01").sector, "ELI");
  EXPECT_EQ(Identify("a former Danish minister").sector, "ELI");
}

TEST(Identify, ReadsStatesByEveryUsualName) {
  for (const char* name : {"US", "U.S.", "the United States", "America", "USA"}) {
    EXPECT_EQ(Identify(name).actor, "United States") << name;
  }
  EXPECT_EQ(Identify("us").actor, "");  // the pronoun
}

TEST(Identify, JoinsTheNamesOfOneOrganisation) {
  const std::string name = Identify("MEK").actor;
  EXPECT_EQ(Identify("MKO").actor, name);
  EXPECT_EQ(Identify("People's Mujahedin").actor, name);
  EXPECT_EQ(Identify("mek").actor, "");
}

TEST(Identify, AGovernmentHasOneNameHoweverItIsPut) {
  EXPECT_EQ(Identify("the Government of Iran").actor, "Iranian government");
  EXPECT_EQ(Identify("Government of the United States").actor, Identify("the U.S. government").actor);
  EXPECT_EQ(Identify("the Government of Norway").actor, Identify("the Norwegian government").actor);
  EXPECT_EQ(Identify("the Government of Norway").country, "NOR");
  EXPECT_NE(Identify("the Bank of Norway").actor, Identify("the Norwegian government").actor);
}

TEST(Identify, DoesNotTakeTheBackerForTheCountry) {
  EXPECT_EQ(Identify("Saudi-backed militia").country, "");
  EXPECT_EQ(Identify("Cairo-based newspaper").country, "EGY");
  EXPECT_EQ(Identify("Saudi militia").country, "SAU");
}

TEST(Identify, TakesTheSectorOfWhatAHeadBelongsTo) {
  EXPECT_EQ(Identify("chairwoman of the trade union").sector, "LAB");
  EXPECT_EQ(Identify("a hospital spokesman").sector, "MED");
  EXPECT_EQ(Identify("Kenya's ambassador to Uganda").country, "KEN");
}

TEST(Identify, DoesNotGiveAForeignMinistryToTheWrongState) {
  const ActorMeaning meaning = Identify("Peru's State Department");
  EXPECT_EQ(meaning.country, "PER");
  EXPECT_NE(meaning.actor, "State Department");
}

TEST(Identify, UsesTheContextWhereThePhraseIsSilent) {
  EXPECT_EQ(Identify("the coast guard").country, "");
  EXPECT_EQ(Identify("the coast guard", "", "Italian").country, "ITA");
}

TEST(Identify, SurvivesHostilePhrases) {
  Identify("");
  Identify(" ' , ( ");
  Identify(std::string(10000, 'A'));
  Identify("the " + std::string(100000, '-'));
  Identify("\xD0\xA0utin \xFF\xFE");
  std::string many;
  for (int i = 0; i < 5000; ++i) many += "president of ";
  EXPECT_LE(Identify(many).confidence, 1.0);
}

class Layers : public ::testing::Test {
 protected:
  std::string Write(const std::string& name, const std::string& content) {
    const std::string path = ::testing::TempDir() + "/" + name;
    std::ofstream(path) << content;
    return path;
  }
  static ActorMeaning With(const std::vector<std::string>& layers, const std::string& phrase,
                           const std::string& date = "") {
    auto loaded = ActorResolver::Load(kData, "", layers);
    EXPECT_TRUE(loaded.ok()) << loaded.error().message;
    return loaded.ok() ? (*loaded)->Identify(phrase, ParseDay(date), "") : ActorMeaning{};
  }
  static std::string ErrorOf(const std::string& path) {
    auto loaded = ActorResolver::Load(kData, "", {path});
    return loaded.ok() ? "" : loaded.error().message;
  }
};

TEST_F(Layers, AliasTableNamesAKnownActorAnew) {
  const std::string path = Write("alias.tsv", "name\talias\nHezbollah\tThe Cedar Party|TCP\n");
  EXPECT_EQ(With({path}, "The Cedar Party").actor, "Hezbollah");
  EXPECT_EQ(With({path}, "TCP").country, "LBN");
}

TEST_F(Layers, RoleTableGivesDatedHolders) {
  const std::string path = Write(
      "roles.tsv", "name\trole\tcountry\tsector\tfrom\tto\nAda Example\tpresident\tISL\tGOV\t2031-01\t\n");
  EXPECT_EQ(With({path}, "the Icelandic president", "2031-05-01").actor, "Ada Example");
  EXPECT_NE(With({path}, "the Icelandic president", "2029-05-01").actor, "Ada Example");
}

TEST_F(Layers, PetrarchActorsGiveCodesByDate) {
  const std::string path =
      Write("x.actors.txt",
            "; comment\nFREEDONIA_ [FRE]\n+KINGDOM_OF_FREEDONIA\nRUFUS_FIREFLY_ ;leader\n"
            "\t[FREGOV 310101-351231] [FREELI > 360101]\n\t[FREOPP]\nSYLVANIA [SYL]\n");
  EXPECT_EQ(With({path}, "Freedonia").code, "FRE");
  EXPECT_EQ(With({path}, "the Kingdom of Freedonia").code, "FRE");
  EXPECT_EQ(With({path}, "Rufus Firefly", "1933-01-01").code, "FREGOV");
  EXPECT_EQ(With({path}, "Rufus Firefly", "1936-01-01").code, "FREELI");
  EXPECT_EQ(With({path}, "Rufus Firefly", "1930-01-01").code, "FREOPP");
  EXPECT_EQ(With({path}, "Sylvanian").code, "SYL");  // a stem
  EXPECT_EQ(With({path}, "Freedonians").code, "");   // a whole word
}

TEST_F(Layers, PetrarchAgentsStandBeforeAndBehindTheActor) {
  const std::string actors = Write("y.actors.txt", "FREEDONIA_ [FRE]\nPALACE_ [FREGOV]\n");
  const std::string agents = Write(
      "y.agents.txt",
      "!WORKER! = FARMER, MINER\nSOLDIER [~MIL]\nRELIEF_CORPS {} [NGO~]\nGOLDEN_GOOSE {GOLDEN_GEESE} [~GGS]\n"
      "STRIKING_!WORKER! [~LAB]\nENVOY [~GOV]\n");
  EXPECT_EQ(With({actors, agents}, "Freedonia's soldiers").code, "FREMIL");
  EXPECT_EQ(With({actors, agents}, "Relief Corps Freedonia").code, "NGOFRE");
  EXPECT_EQ(With({actors, agents}, "the golden geese of Freedonia").code, "FREGGS");
  EXPECT_EQ(With({actors, agents}, "striking miners in Freedonia").code, "FRELAB");
  EXPECT_EQ(With({actors, agents}, "Palace envoys").code, "FREGOV");  // not twice
  EXPECT_EQ(With({actors, agents}, "former Freedonia envoys").code, "FREELI");
}

TEST_F(Layers, PetrarchPeriodsInsideOthersSayMore) {
  const std::string path =
      Write("in.actors.txt", "RUFUS_FIREFLY_ [FRE]\n\t[FREMIL 310101-391231]\n\t[FREGOV 350109-350112]\n");
  EXPECT_EQ(With({path}, "Rufus Firefly", "1935-01-08").code, "FREMIL");
  EXPECT_EQ(With({path}, "Rufus Firefly", "1935-01-09").code, "FREGOV");
  EXPECT_EQ(With({path}, "Rufus Firefly", "1935-01-12").code, "FREGOV");
  EXPECT_EQ(With({path}, "Rufus Firefly", "1935-01-13").code, "FREMIL");
  EXPECT_EQ(With({path}, "Rufus Firefly", "1945-01-13").code, "FRE");
}

TEST_F(Layers, PetrarchAgentsBehindTheActorComeFirst) {
  const std::string actors = Write("ab.actors.txt", "FREEDONIA_ [FRE]\n");
  const std::string agents = Write("ab.agents.txt", "CLERK [~GOV]\nRAILWAY {} [~BUS]\nSTRIKER [~LAB]\n");
  EXPECT_EQ(With({actors, agents}, "strikers of Freedonia railway").code, "FREBUSLAB");
  EXPECT_EQ(With({actors, agents}, "Freedonia railway clerks").code, "FREBUSGOV");
}

TEST_F(Layers, BrokenLinesAreRefusedWithFileAndLine) {
  EXPECT_NE(
      ErrorOf(Write("a.actors.txt", "FREEDONIA [FRE]\nSYLVANIA [SYL 991399]\n")).find("a.actors.txt:2:"),
      std::string::npos);
  EXPECT_NE(ErrorOf(Write("b.actors.txt", "+FREEDONIA [FRE]\n")).find(":1:"), std::string::npos);
  EXPECT_NE(ErrorOf(Write("c.actors.txt", "FREEDONIA [FRE\n")).find("expected ']'"), std::string::npos);
  EXPECT_NE(ErrorOf(Write("d.agents.txt", "SOLDIER [~MIL]\nX!NONE! [~MIL]\n")).find(":2:"),
            std::string::npos);
  EXPECT_NE(ErrorOf(Write("e.tsv", "name\trole\tfrom\nAda\tqueen\tsoon\n")).find("e.tsv:2:"),
            std::string::npos);
  EXPECT_NE(ErrorOf(Write("f.txt", "")), "");
  EXPECT_NE(ErrorOf(Write("g.txt", "\xFF\xFE binary")), "");
}

TEST_F(Layers, InspectSaysWhatAFileHolds) {
  const auto summary = InspectKnowledge(Write("z.actors.txt", "FREEDONIA [FRE]\nSYLVANIA [SYL]\n"));
  ASSERT_TRUE(summary.ok());
  EXPECT_EQ(summary->kind, "petrarch-actors");
  EXPECT_EQ(summary->entries, 2u);
  const auto discards = InspectKnowledge(Write("my.discards.txt", "NEW YORK GIANTS\n+SOCCER WORLD CUP\n"));
  ASSERT_TRUE(discards.ok());
  EXPECT_EQ(discards->entries, 2u);
}

TEST_F(Layers, ADiscardedPhraseNamesNoActor) {
  const std::string path = Write("some.discards.txt", "# not the body\nSecurity Council\n");
  EXPECT_EQ(With({path}, "Security Council").actor, "");
  EXPECT_NE(Identify("Security Council").actor, "");
}

}  // namespace
}  // namespace whowhom::extract
