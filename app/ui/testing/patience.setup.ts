import { configure } from "@testing-library/dom";

/** A far limit, which only a hang meets: a test machine may be busy. */
configure({ asyncUtilTimeout: 30_000 });
