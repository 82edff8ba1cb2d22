package dev.kontext4j.sampler.fast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.sampler.fast.SkipRule.Limits;
import dev.kontext4j.sampler.schedule.Schedule;
import dev.kontext4j.sampler.schedule.SchedulerConfig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SkipRuleTest {
  private static final StepCaching FIRST_BLOCK = new StepCaching(StepCaching.Kind.FIRST_BLOCK, 0.1);
  private static final StepCaching TEACACHE = new StepCaching(StepCaching.Kind.TEACACHE, 0.1);

  /// Ten steps, each a tenth of the way.
  private static Schedule even() {
    return Schedule.of(SchedulerConfig.defaults(), 10, 64);
  }

  private static List<Integer> spared(SkipRule rule, double change) {
    var spared = new ArrayList<Integer>();
    for (int step = 0; step < 10; step++) {
      if (rule.spares(step, step == 0 ? Double.POSITIVE_INFINITY : change)) {
        spared.add(step);
      }
    }
    return spared;
  }

  private static SkipRule rule(StepCaching caching, Limits limits) {
    return new SkipRule(caching, even(), limits);
  }

  @Test
  void firstAndLastStepsAreComputed() {
    var rule = rule(FIRST_BLOCK, new Limits(0.2, 0.1, 10, 1));
    assertEquals(List.of(2, 3, 4, 5, 6, 7, 8), spared(rule, 0.01));
    rule = rule(FIRST_BLOCK, new Limits(0.21, 0.11, 10, 1)); // of a step: the whole step
    assertEquals(List.of(3, 4, 5, 6, 7), spared(rule, 0.01));
  }

  @Test
  void notManyInARow() {
    var rule = rule(FIRST_BLOCK, new Limits(0, 0, 2, 1));
    assertEquals(List.of(1, 2, 4, 5, 7, 8), spared(rule, 0.01));
  }

  @Test
  void nothingIsSparedFromTheThresholdOn() {
    var limits = new Limits(0, 0, 10, 10);
    assertEquals(9, spared(rule(FIRST_BLOCK, limits), Math.nextDown(0.1)).size());
    assertEquals(List.of(), spared(rule(FIRST_BLOCK, limits), 0.1));
    var never = new StepCaching(StepCaching.Kind.FIRST_BLOCK, 0);
    assertEquals(List.of(), spared(rule(never, limits), 0));
    assertEquals(List.of(), spared(rule(FIRST_BLOCK, limits), Double.NaN));
  }

  /// Each spared step costs 0.05 x 0.1 of the way.
  @Test
  void theErrorHasABound() {
    assertEquals(List.of(1, 2, 3), spared(rule(FIRST_BLOCK, new Limits(0, 0, 10, 0.0151)), 0.05));
    assertEquals(List.of(1, 2), spared(rule(FIRST_BLOCK, new Limits(0, 0, 10, 0.0149)), 0.05));
  }

  /// At a change of 0.03 the polynomial gives 0.0420; numpy.poly1d says so, too.
  @Test
  void changesFromStepToStepAddUp() {
    assertEquals(0.0421, TeaCachePolynomial.of(0.03), 5e-5);
    var rule = rule(TEACACHE, new Limits(0, 0, 10, 1));
    assertEquals(List.of(1, 2, 4, 5, 7, 8), spared(rule, 0.03));
  }

  /// There the polynomial falls below nothing, and would spare every step.
  @Test
  void aChangeThatNobodyFittedIsNotSmall() {
    var rule = rule(new StepCaching(StepCaching.Kind.TEACACHE, 0.4), new Limits(0, 0, 10, 1));
    assertTrue(rule.spares(3, 0.18));
    assertFalse(rule.spares(4, 0.3));
    assertFalse(rule.spares(5, Double.POSITIVE_INFINITY));
    assertTrue(rule.spares(6, 0.03), "what came before it is forgotten");
  }
}
