import { Button, PasswordInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Failure } from "@/api/client";
import { useClient } from "@/api/context";
import styles from "./SignIn.module.css";

/** The one-time token is printed by `ncdm serve`; nothing else opens the page. */
export function SignIn({ token, onSignedIn, onFailed }: { token: string | null; onSignedIn: () => void; onFailed?: () => void }) {
  const client = useClient();
  const [typed, setTyped] = useState("");
  const tried = useRef(false);
  const signIn = useMutation({ mutationFn: (given: string) => client.post<unknown>("/session", { token: given }), onSuccess: onSignedIn, onError: () => onFailed?.() });
  const { mutate } = signIn;

  useEffect(() => {
    if (token === null || tried.current) return;
    tried.current = true;
    mutate(token);
  }, [token, mutate]);

  const failure = signIn.error;
  return (
    <main className={styles["page"]}>
      <form
        className={styles["card"]}
        onSubmit={(event) => {
          event.preventDefault();
          mutate(typed.trim());
        }}
      >
        <div className={styles["brand"]}>
          <img src="/mark.svg" width={28} height={28} alt="" />
          <h1>Neural Clinical Data Mesh</h1>
        </div>
        {signIn.isPending ? (
          <p role="status">Signing in</p>
        ) : (
          <p>
            Open the link that <code>ncdm serve</code> printed, or paste its token here. A token works once; the next start prints a new one.
          </p>
        )}
        <PasswordInput
          label="One-time token"
          value={typed}
          autoFocus
          autoComplete="off"
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={failure ? `${failure instanceof Failure ? failure.problem.what : failure.message}${failure instanceof Failure && failure.problem.todo ? ` ${failure.problem.todo}` : ""}` : undefined}
        />
        <Button type="submit" disabled={typed.trim() === ""} loading={signIn.isPending}>
          Sign in
        </Button>
        <p className={`${styles["use"] ?? ""} quiet`}>Trial data quality and oversight; not for treatment decisions.</p>
      </form>
    </main>
  );
}
