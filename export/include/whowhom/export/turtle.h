// RDF as plain Turtle (RDF 1.1: every tool reads it): actors, statements about statements, provenance and
// byte positions.
#pragma once

#include "whowhom/core/result.h"
#include "whowhom/export/output.h"
#include "whowhom/graph/subgraph.h"

namespace whowhom::exports {

// Nodes are resources with labels; each edge is an rdf:Statement with class, counts and days; each piece of
// evidence is derived (PROV-O) from its document and selected by bytes (Web Annotation DataPositionSelector).
// Vocabulary: docs/formats/rdf.md. Streams; deterministic.
Status WriteTurtle(const graph::GraphSource& source, Output* output);

}  // namespace whowhom::exports
