import { inject } from "vitest";
import { seedByCopying } from "./seed.ts";

seedByCopying({ admin: inject("postgresAdmin"), url: inject("seededDatabase") });
