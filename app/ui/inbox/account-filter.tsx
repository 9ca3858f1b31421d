import { Link } from "@remix-run/react";

/** Links that narrow a page to one of our numbers. @param current null while all are shown */
export function AccountFilter(props: {
  accounts: { id: number; name: string }[];
  current: number | null;
  path: string;
}) {
  const { accounts, current, path } = props;
  return (
    <nav aria-label="Numbers" className="flex flex-wrap gap-1 px-4">
      <Choice to={path} chosen={current === null}>
        All numbers
      </Choice>
      {accounts.map(({ id, name }) => (
        <Choice key={id} to={`${path}?account=${id}`} chosen={id === current}>
          <bdi>{name}</bdi>
        </Choice>
      ))}
    </nav>
  );
}

function Choice(props: { to: string; chosen: boolean; children: React.ReactNode }) {
  return (
    <Link to={props.to} aria-current={props.chosen ? "page" : undefined} className="chip">
      {props.children}
    </Link>
  );
}
