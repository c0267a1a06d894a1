import java.io.File;
import java.time.Instant;
import java.time.ZoneOffset;
import org.gephi.graph.api.Column;
import org.gephi.graph.api.Edge;
import org.gephi.graph.api.DirectedGraph;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.GraphModel;
import org.gephi.graph.api.Node;
import org.gephi.io.exporter.api.ExportController;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.EdgeDirectionDefault;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.importer.api.Issue;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.preview.api.PreviewController;
import org.gephi.preview.api.PreviewProperty;
import org.gephi.project.api.ProjectController;
import org.gephi.project.api.Workspace;
import org.openide.util.Lookup;

/** Imports a GEXF file as Gephi does, prints what arrived and draws it. Arguments: file.gexf picture.pdf */
public final class GephiImport {
  private static String day(double milliseconds) {
    return Instant.ofEpochMilli((long) milliseconds).atZone(ZoneOffset.UTC).toLocalDate().toString();
  }

  public static void main(String[] arguments) throws Exception {
    ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
    projects.newProject();
    Workspace workspace = projects.getCurrentWorkspace();
    ImportController importer = Lookup.getDefault().lookup(ImportController.class);
    Container container = importer.importFile(new File(arguments[0]));
    container.getLoader().setEdgeDefault(EdgeDirectionDefault.DIRECTED);
    importer.process(container, new DefaultProcessor(), workspace);
    int severe = 0;
    for (Issue issue : (Iterable<Issue>) () -> container.getReport().getIssues(Integer.MAX_VALUE)) {
      System.out.println("issue " + issue.getLevel() + " " + issue.getMessage());
      if (issue.getLevel() == Issue.Level.SEVERE || issue.getLevel() == Issue.Level.CRITICAL) severe++;
    }
    GraphModel model = Lookup.getDefault().lookup(GraphController.class).getGraphModel(workspace);
    DirectedGraph graph = model.getDirectedGraph();
    int placed = 0;
    for (Node node : graph.getNodes()) {
      if (node.size() > 0 && (node.x() != 0 || node.y() != 0) && node.getLabel() != null) placed++;
    }
    double weight = 0;
    int sentences = 0;
    for (Edge edge : graph.getEdges()) {
      weight += edge.getWeight();
      Object sentence = edge.getAttribute("sentence");
      if (sentence != null && !sentence.toString().isEmpty()) sentences++;
    }
    System.out.println("nodes=" + graph.getNodeCount());
    System.out.println("edges=" + graph.getEdgeCount());
    System.out.println("placed=" + placed);
    System.out.println("weight=" + weight);
    System.out.println("severe=" + severe);
    System.out.println("dynamic=" + model.isDynamic());
    System.out.println("sentences=" + sentences);
    System.out.println("first=" + day(model.getTimeBounds().getLow()));
    System.out.println("last=" + day(model.getTimeBounds().getHigh()));
    StringBuilder columns = new StringBuilder();
    for (Column column : model.getEdgeTable()) columns.append(column.getId()).append(':').append(column.getTypeClass().getSimpleName()).append(' ');
    System.out.println("edge columns=" + columns);
    PreviewController preview = Lookup.getDefault().lookup(PreviewController.class);
    preview.getModel().getProperties().putValue(PreviewProperty.SHOW_NODE_LABELS, Boolean.TRUE);
    preview.refreshPreview();
    Lookup.getDefault().lookup(ExportController.class).exportFile(new File(arguments[1]));
    System.exit(0);
  }
}
