import { render } from "@testing-library/react";
// What @remix-run/react is made of: its own copy, because a router's context is known by identity.
import { createMemoryRouter, RouterProvider } from "react-router-dom";

/** For tests: shows what has links and forms, on a page of that address. */
export function renderOnPage(element: React.ReactElement, address = "/conversations") {
  const router = createMemoryRouter([{ path: "*", element }], { initialEntries: [address] });
  return render(<RouterProvider router={router} future={{ v7_startTransition: true }} />);
}
