import type { LoaderFunctionArgs } from "@remix-run/node";
import { exportAuditLog } from "#app/admin/audit-export.server.ts";

export function loader({ request, context }: LoaderFunctionArgs): Promise<Response> {
  return exportAuditLog(request, context);
}
