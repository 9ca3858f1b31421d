import { and, eq } from "drizzle-orm";
import { hashPassword } from "#app/auth/password.server.ts";
import { enterCompany } from "#app/models/scope.server.ts";
import { migrateDatabase } from "#db/migrations.server.ts";
import { type Db, openDatabase } from "#db/open.server.ts";
import { accountMembers, companies, users, whatsappAccounts } from "#db/schema.ts";
import { configFromCommandLine } from "./command-line.ts";

const PASSWORD = "demo-password";

const demo = [
  {
    name: "Acme",
    accounts: [
      {
        phoneNumberId: "106540352242922",
        displayPhoneNumber: "+1 555 010 0001",
        name: "Acme Support",
      },
      {
        phoneNumberId: "106540352242923",
        displayPhoneNumber: "+1 555 010 0002",
        name: "Acme Sales",
      },
    ],
    users: [
      { email: "admin@acme.test", name: "Ada Admin", role: "admin", memberOf: [] },
      {
        email: "agent@acme.test",
        name: "Alex Agent",
        role: "agent",
        memberOf: ["106540352242922"],
      },
    ],
  },
  {
    name: "Globex",
    accounts: [
      {
        phoneNumberId: "206540352242922",
        displayPhoneNumber: "+1 555 010 0003",
        name: "Globex Care",
      },
    ],
    users: [
      {
        email: "agent@globex.test",
        name: "Gil Agent",
        role: "agent",
        memberOf: ["206540352242922"],
      },
    ],
  },
] as const;

const config = configFromCommandLine();
if (config.DATABASE_URL) await migrateDatabase(config.DATABASE_URL);
const { forDuty, close } = await openDatabase(config);
await forDuty("setup").transaction(async (tx) => {
  const passwordHash = await hashPassword(PASSWORD);
  for (const company of demo) await seedCompany(tx, company, passwordHash);
});
await close();
console.log(
  `Seeded ${demo.map((company) => company.name).join(" and ")}. Password of all: ${PASSWORD}`,
);

async function seedCompany(tx: Db, company: (typeof demo)[number], passwordHash: string) {
  const companyId = await findOrCreateCompany(tx, company.name);
  await enterCompany(tx, companyId);
  await tx
    .insert(whatsappAccounts)
    .values(company.accounts.map((account) => ({ companyId, ...account })))
    .onConflictDoNothing();
  for (const { memberOf, ...user } of company.users) {
    await tx
      .insert(users)
      .values({ companyId, ...user, passwordHash })
      .onConflictDoNothing();
    for (const phoneNumberId of memberOf) {
      const [membership] = await tx
        .select({ userId: users.id, accountId: whatsappAccounts.id })
        .from(users)
        .innerJoin(whatsappAccounts, eq(whatsappAccounts.companyId, users.companyId))
        .where(
          and(
            eq(users.companyId, companyId),
            eq(users.email, user.email),
            eq(whatsappAccounts.phoneNumberId, phoneNumberId),
          ),
        );
      if (membership) {
        await tx
          .insert(accountMembers)
          .values({ companyId, ...membership })
          .onConflictDoNothing();
      }
    }
  }
}

async function findOrCreateCompany(tx: Db, name: string): Promise<number> {
  const [known] = await tx.select().from(companies).where(eq(companies.name, name));
  const [company] = known ? [known] : await tx.insert(companies).values({ name }).returning();
  if (!company) throw new Error(`The company ${name} could not be made.`);
  return company.id;
}
