/** The pages that both navigations of administration lead to, the account's and its own. */
export const ADMIN_SECTIONS = [
  { path: "/admin/numbers", title: "Numbers" },
  { path: "/admin/people", title: "People" },
  { path: "/admin/audit", title: "Audit log" },
] as const;
