import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Frame } from "@/app/App";

/** One example of a component: what it shows, and when to use it. */
export interface Example {
  name: string;
  when: string;
  show: () => ReactNode;
}

export interface Shelf {
  component: string;
  rule: string;
  examples: readonly Example[];
}

/** What an example needs around it: the tokens, and somewhere for its links to point. */
export function Stand({ children }: { children: ReactNode }) {
  const [queries] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: false, enabled: false } } }));
  const [router] = useState(() => {
    const root = createRootRoute();
    const any = createRoute({ getParentRoute: () => root, path: "/", component: () => children });
    return createRouter({ routeTree: root.addChildren([any]), history: createMemoryHistory({ initialEntries: ["/"] }) });
  });
  return (
    <Frame>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router as never} />
      </QueryClientProvider>
    </Frame>
  );
}
