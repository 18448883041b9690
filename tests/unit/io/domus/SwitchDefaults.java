// SPDX-License-Identifier: Apache-2.0
package io.domus;

import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.CaseLabelTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConstantCaseLabelTree;
import com.sun.source.tree.DeconstructionPatternTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Finds switches with a default over sealed types and enums, from the parsed text alone: the labels
 * tell what kind of switch it is.
 */
final class SwitchDefaults {
  private SwitchDefaults() {}

  /** Each as {@code Name.java:LINE}. */
  static Set<String> in(List<Path> sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(sources));
      List<CompilationUnitTree> units = new ArrayList<>();
      task.parse().forEach(units::add);
      ClosedNames names = new ClosedNames();
      units.forEach(unit -> unit.accept(names, null));
      Set<String> places = new TreeSet<>();
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      units.forEach(unit -> unit.accept(new Switches(unit, positions, names, places), null));
      return places;
    }
  }

  /** Enum constants and the kinds of sealed types, by their simple names. */
  private static final class ClosedNames extends TreeScanner<Void, Void> {
    private final Set<String> constants = new HashSet<>();
    private final Set<String> sealed = new HashSet<>();
    private final Map<String, Set<String>> supertypes = new HashMap<>();

    boolean isConstant(String name) {
      return constants.contains(name);
    }

    boolean isKindOfSealed(String name) {
      return supertypes.getOrDefault(name, Set.of()).stream()
          .anyMatch(above -> sealed.contains(above) || isKindOfSealed(above));
    }

    @Override
    public Void visitClass(ClassTree type, Void none) {
      String name = type.getSimpleName().toString();
      if (type.getKind() == Tree.Kind.ENUM) {
        addConstants(type);
      }
      if (type.getModifiers().getFlags().contains(Modifier.SEALED)) {
        sealed.add(name);
      }
      Set<String> above = supertypes.computeIfAbsent(name, _ -> new HashSet<>());
      type.getImplementsClause().forEach(tree -> above.add(simpleName(tree)));
      if (type.getExtendsClause() != null) {
        above.add(simpleName(type.getExtendsClause()));
      }
      return super.visitClass(type, null);
    }

    private void addConstants(ClassTree type) {
      for (Tree member : type.getMembers()) {
        if (member instanceof VariableTree variable
            && variable.getType() instanceof IdentifierTree of
            && of.getName().equals(type.getSimpleName())) {
          constants.add(variable.getName().toString());
        }
      }
    }
  }

  /** Without what it is nested in and its type arguments. */
  private static String simpleName(Tree type) {
    String name = type.toString().replaceFirst("<.*", "");
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static final class Switches extends TreeScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final ClosedNames names;
    private final Set<String> places;

    Switches(
        CompilationUnitTree unit,
        SourcePositions positions,
        ClosedNames names,
        Set<String> places) {
      this.unit = unit;
      this.positions = positions;
      this.names = names;
      this.places = places;
    }

    @Override
    public Void visitSwitch(SwitchTree tree, Void none) {
      check(tree.getCases());
      return super.visitSwitch(tree, null);
    }

    @Override
    public Void visitSwitchExpression(SwitchExpressionTree tree, Void none) {
      check(tree.getCases());
      return super.visitSwitchExpression(tree, null);
    }

    private void check(List<? extends CaseTree> cases) {
      List<CaseLabelTree> labels = new ArrayList<>();
      cases.forEach(branch -> labels.addAll(branch.getLabels()));
      labels.removeIf(label -> label instanceof DefaultCaseLabelTree || isNull(label));
      // A label of something else shows that what is switched over is wider than our type.
      boolean ours = !labels.isEmpty() && labels.stream().allMatch(this::isOurs);
      for (CaseTree branch : cases) {
        for (CaseLabelTree label : branch.getLabels()) {
          if (ours && label instanceof DefaultCaseLabelTree) {
            places.add(place(branch));
          }
        }
      }
    }

    private static boolean isNull(CaseLabelTree label) {
      return label instanceof ConstantCaseLabelTree constant
          && constant.getConstantExpression().getKind() == Tree.Kind.NULL_LITERAL;
    }

    private boolean isOurs(CaseLabelTree label) {
      return switch (label) {
        case ConstantCaseLabelTree constant ->
            names.isConstant(simpleName(constant.getConstantExpression()));
        case PatternCaseLabelTree pattern ->
            switch (pattern.getPattern()) {
              case BindingPatternTree binding ->
                  names.isKindOfSealed(simpleName(binding.getVariable().getType()));
              case DeconstructionPatternTree parts ->
                  names.isKindOfSealed(simpleName(parts.getDeconstructor()));
              default -> false;
            };
        default -> false;
      };
    }

    private String place(CaseTree branch) {
      long start = positions.getStartPosition(unit, branch);
      return Path.of(unit.getSourceFile().toUri()).getFileName()
          + ":"
          + unit.getLineMap().getLineNumber(start);
    }
  }
}
