import { Link } from "@remix-run/react";
import { expiringWords } from "../words/time-left.ts";

/** To the files that nobody has opened. @param count of those that expire within a day; 10 stands for more */
export function ExpiringLink({ count }: { count: number }) {
  return (
    <Link to="/expiring" className="quiet">
      {expiringWords(count)}
    </Link>
  );
}
