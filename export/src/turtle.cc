#include "whowhom/export/turtle.h"

#include <cstdio>

#include "attributes.h"
#include "text_escape.h"

namespace whowhom::exports {
namespace {

using graph::GraphEdge;
using graph::GraphNode;

constexpr std::string_view kPrefixes =
    "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
    "@prefix prov: <http://www.w3.org/ns/prov#> .\n"
    "@prefix oa: <http://www.w3.org/ns/oa#> .\n"
    "@prefix dct: <http://purl.org/dc/terms/> .\n"
    "@prefix ww: <urn:whowhom:vocabulary:> .\n\n";

std::string Literal(std::string_view text) {
  std::string out = "\"";
  for (const char c : CleanText(text)) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out.push_back(c);
    }
  }
  return out + "\"";
}

// Letters and digits stand for themselves in a URN, all else is percent-encoded.
std::string UrnPart(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain = (byte >= '0' && byte <= '9') || ((byte | 32) >= 'a' && (byte | 32) <= 'z') ||
                          byte == '-' || byte == '_';
    if (is_plain) {
      out.push_back(c);
    } else {
      char buffer[4];
      std::snprintf(buffer, sizeof(buffer), "%%%02X", byte);
      out += buffer;
    }
  }
  return out;
}

std::string NodeUrn(NodeId id) { return "<urn:whowhom:node:" + ToHex(id.value) + ">"; }
std::string DocumentUrn(const DocId& id) { return "<urn:whowhom:document:" + ToHex(id.hash) + ">"; }

std::string_view ClassOf(const GraphNode& node) {
  switch (node.type) {
    case EntityType::kPerson:
      return "ww:Person";
    case EntityType::kOrg:
      return "ww:Organization";
    case EntityType::kGpe:
      return "ww:State";
    case EntityType::kGroup:
      return "ww:Group";
    case EntityType::kPlace:
      return "ww:Place";
    case EntityType::kEvent:
      return "ww:Event";
    case EntityType::kThing:
      break;
  }
  return "ww:Thing";
}

std::string Days(const std::optional<DayRange>& days) {
  if (!days) return {};
  return " ;\n  ww:from \"" + FormatDay(days->from) + "\"^^xsd:date ;\n  ww:to \"" + FormatDay(days->to) +
         "\"^^xsd:date";
}

std::string NodeTriples(const GraphNode& node) {
  std::string text =
      NodeUrn(node.id) + " a " + std::string(ClassOf(node)) + " ;\n  rdfs:label " + Literal(node.label);
  for (const std::string& alias : node.aliases) {
    if (alias != node.label) text += " ;\n  ww:alias " + Literal(alias);
  }
  if (!node.country.empty()) text += " ;\n  ww:country " + Literal(node.country);
  if (!node.sector.empty()) text += " ;\n  ww:sector " + Literal(node.sector);
  return text + " ;\n  ww:mentions " + std::to_string(node.mentions) + " .\n";
}

std::string EvidenceTriples(const graph::EdgeEvidence& evidence) {
  const std::string document = DocumentUrn(evidence.doc);
  std::string text = "<urn:whowhom:statement:" + ToHex(evidence.statement.hash) +
                     "> a oa:Annotation ;\n  oa:hasTarget [ oa:hasSource " + document +
                     " ; oa:hasSelector [ a oa:DataPositionSelector ; oa:start " +
                     std::to_string(evidence.span.begin) + " ; oa:end " + std::to_string(evidence.span.end) +
                     " ] , [ a oa:TextQuoteSelector ; oa:exact " + Literal(evidence.sentence) +
                     " ] ] ;\n  prov:wasDerivedFrom " + document;
  if (!evidence.speaker.empty()) text += " ;\n  ww:speaker " + Literal(evidence.speaker);
  text += " .\n" + document + " a prov:Entity ;\n  dct:title " + Literal(evidence.title);
  if (!evidence.outlet.empty()) text += " ;\n  dct:publisher " + Literal(evidence.outlet);
  if (evidence.published) text += " ;\n  dct:issued \"" + FormatDay(*evidence.published) + "\"^^xsd:date";
  const std::string url = SafeUrl(evidence.url);
  if (!url.empty()) text += " ;\n  dct:identifier " + Literal(url);
  return text + " .\n";
}

std::string EdgeTriples(const GraphEdge& edge) {
  std::string text =
      "<urn:whowhom:edge:" + ToHex(edge.id) + "> a rdf:Statement ;\n  rdf:subject " + NodeUrn(edge.source) +
      " ;\n  rdf:predicate <urn:whowhom:relation:" + UrnPart(edge.relation) + "> ;\n  rdf:object " +
      NodeUrn(edge.target) + " ;\n  rdfs:label " + Literal(edge.relation) + " ;\n  ww:polarity \"" +
      std::string(ToString(edge.qualifier.polarity())) + "\" ;\n  ww:modality \"" +
      std::string(ToString(edge.qualifier.modality())) + "\" ;\n  ww:isClaim " +
      (edge.qualifier.is_fact() ? "false" : "true");
  if (edge.event_class != EventClass::kNone)
    text += " ;\n  ww:class \"" + std::string(ToString(edge.event_class)) + "\"";
  if (edge.quad != Quad::kNone) text += " ;\n  ww:quad \"" + std::string(ToString(edge.quad)) + "\"";
  text += " ;\n  ww:statements " + std::to_string(edge.statements) + " ;\n  ww:sources " +
          std::to_string(edge.independent_sources) + Days(edge.days);
  for (const auto& evidence : edge.evidence)
    text += " ;\n  ww:evidence <urn:whowhom:statement:" + ToHex(evidence.statement.hash) + ">";
  text += " .\n";
  for (const auto& evidence : edge.evidence) text += EvidenceTriples(evidence);
  return text;
}

}  // namespace

Status WriteTurtle(const graph::GraphSource& source, Output* output) {
  output->Write(kPrefixes);
  WHOWHOM_TRY_STATUS(source.ForEachNode([output](const GraphNode& node) {
    output->Write(NodeTriples(node));
    return true;
  }));
  return source.ForEachEdge([output](const GraphEdge& edge) {
    if (HasBothEnds(edge)) output->Write(EdgeTriples(edge));
    return true;
  });
}

}  // namespace whowhom::exports
