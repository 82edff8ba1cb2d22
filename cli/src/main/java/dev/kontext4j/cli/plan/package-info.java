/// `kontext plan`: cards, and what is told of a plan. [PlanReport].
@NullMarked
package dev.kontext4j.cli.plan;

import org.jspecify.annotations.NullMarked;
