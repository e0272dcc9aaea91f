import { MantineProvider } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { QueryCache, QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { type RouterHistory, RouterProvider } from "@tanstack/react-router";
import { type ReactNode, useMemo, useState } from "react";
import { Failure, type Client } from "@/api/client";
import { ClientProvider, useClient } from "@/api/context";
import { sessionQuestion } from "@/api/questions";
import type { Session } from "@/api/types";
import { Failed, Guard, Loading } from "@/components/Conditions";
import { SignIn } from "@/features/session/SignIn";
import { theme, variables } from "@/tokens/theme";
import { useView } from "@/view/store";
import { makeRouter } from "./router";

export function makeQueryClient(retries = 2): QueryClient {
  const cache = new QueryCache({
    onError: (error) => {
      // The session ended elsewhere: asking for it again brings the sign-in page.
      if (error instanceof Failure && error.status === 401) client.setQueryData(["session"], null);
    },
  });
  const client = new QueryClient({
    queryCache: cache,
    defaultOptions: {
      queries: {
        refetchOnWindowFocus: false,
        retry: (count, error) => count < retries && !(error instanceof Failure && error.status >= 400 && error.status < 500),
        retryDelay: (count) => Math.min(4_000, 500 * 2 ** count),
      },
    },
  });
  return client;
}

export function Frame({ children }: { children: ReactNode }) {
  const wished = useView((view) => view.theme);
  const systemDark = useMediaQuery("(prefers-color-scheme: dark)", false, { getInitialValueInEffect: false });
  const scheme = wished === "system" ? (systemDark ? "dark" : "light") : wished;
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} forceColorScheme={scheme}>
      {children}
    </MantineProvider>
  );
}

export function App({ client, queries, token, history }: { client: Client; queries: QueryClient; token: string | null; history?: RouterHistory }) {
  return (
    <Frame>
      <ClientProvider client={client}>
        <QueryClientProvider client={queries}>
          <Guard what="The application">
            <Door token={token} queries={queries} {...(history ? { history } : {})} />
          </Guard>
        </QueryClientProvider>
      </ClientProvider>
    </Frame>
  );
}

/** Signed in or not; a token in the address is tried first. */
function Door({ token, queries, history }: { token: string | null; queries: QueryClient; history?: RouterHistory }) {
  const client = useClient();
  const [fresh, setFresh] = useState(token);
  // A link opened twice brings a used token; whoever is signed in already need not care.
  const [used, setUsed] = useState(false);
  const session = useQuery({ ...sessionQuestion(client), enabled: fresh === null || used });
  const unauthorised = session.error instanceof Failure && session.error.status === 401;

  if (session.data === null || unauthorised || (fresh !== null && !session.data)) {
    return (
      <SignIn
        token={fresh}
        onFailed={() => setUsed(true)}
        onSignedIn={() => {
          setFresh(null);
          void queries.resetQueries({ queryKey: ["session"] });
        }}
      />
    );
  }
  if (session.error) return <Failed what="The sign-in" cause={session.error} works="The command line." retry={() => void session.refetch()} />;
  if (!session.data) return <Loading what="the session" />;
  return <Inside session={session.data} queries={queries} {...(history ? { history } : {})} />;
}

function Inside({ session, queries, history }: { session: Session; queries: QueryClient; history?: RouterHistory }) {
  const client = useClient();
  const router = useMemo(
    () =>
      makeRouter(
        {
          session,
          onSignOut: () => {
            void client.remove("/session").finally(() => {
              queries.clear();
              window.location.assign("/");
            });
          },
        },
        history,
      ),
    [session, client, queries, history],
  );
  return <RouterProvider router={router} />;
}
