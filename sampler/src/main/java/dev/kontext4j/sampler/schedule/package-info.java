/// The noise levels of the steps, as diffusers' `FlowMatchEulerDiscreteScheduler` sets them for
/// `FluxKontextPipeline`.
///
/// {@link dev.kontext4j.sampler.schedule.SchedulerConfig} holds what a model folder's
/// `scheduler_config.json` says; {@link dev.kontext4j.sampler.schedule.Schedule} is the result for
/// one number of steps and one picture size.
@NullMarked
package dev.kontext4j.sampler.schedule;

import org.jspecify.annotations.NullMarked;
