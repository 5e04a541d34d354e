package io.junction.common.simulate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which jobs wait for the stages before their own: until all jobs of these have ended. */
final class BuildStages {

  private final Map<Long, TreeMap<Integer, Stage>> builds = new HashMap<>();

  private static final class Stage {
    private int left;
    private List<PastJob> behind = new ArrayList<>();
  }

  BuildStages(Collection<PastJob> jobs) {
    for (var job : jobs) {
      if (job.build() != 0) {
        var stages = builds.computeIfAbsent(job.build(), build -> new TreeMap<>());
        stages.computeIfAbsent(job.stage(), number -> new Stage()).left++;
      }
    }
  }

  /** Whether it has to wait; then it comes back with the end of the last job before it. */
  boolean holds(PastJob job) {
    var stages = builds.get(job.build());
    if (stages == null || stages.firstKey() >= job.stage()) {
      return false;
    }
    stages.computeIfAbsent(job.stage(), number -> new Stage()).behind.add(job);
    return true;
  }

  /** Who asks from now on. */
  List<PastJob> end(PastJob job) {
    var stages = builds.get(job.build());
    var own = stages == null ? null : stages.get(job.stage());
    if (stages == null || own == null) {
      return List.of();
    }
    own.left--;
    if (own.left == 0) {
      stages.remove(job.stage());
    }
    var first = stages.firstEntry();
    if (first == null) {
      builds.remove(job.build());
      return List.of();
    }
    var freed = first.getValue().behind;
    first.getValue().behind = new ArrayList<>();
    return freed;
  }
}
