import { createContext, use, type ReactNode } from "react";
import { createClient, type Client } from "./client";

const ClientContext = createContext<Client>(createClient());

export function ClientProvider({ client, children }: { client: Client; children: ReactNode }) {
  return <ClientContext value={client}>{children}</ClientContext>;
}

export function useClient(): Client {
  return use(ClientContext);
}
