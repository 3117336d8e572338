package dev.hotpatch.differ.lift;

/** One kind of change that HotSpot refuses, and how it goes live: enters into the plan what of it a class needs. */
interface Lift {
    void plan(Delta delta, LiftPlan plan);
}
