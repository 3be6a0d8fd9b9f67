/**
 * Property tests draw the same examples on every run, so that a red check means a change of the code. `PROPERTY_SEED=random` or a number
 * looks elsewhere.
 */
import fc from "fast-check";

const asked = process.env.PROPERTY_SEED;
if (asked !== "random") fc.configureGlobal({ seed: asked === undefined ? 20_261_124 : Number(asked) });
