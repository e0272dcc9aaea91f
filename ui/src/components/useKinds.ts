import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { useClient } from "@/api/context";
import { portfolioQuestion } from "@/api/questions";
import type { Kind } from "@/api/types";
import { useAsOf } from "@/view/asOf";

const NONE: readonly Kind[] = [];

/** The report kinds in their order, and the title of one; its code stands in until the titles are here. */
export function useKinds(): { kinds: readonly Kind[]; titleOf: (kind: string) => string } {
  const kinds = useQuery(portfolioQuestion(useClient(), useAsOf())).data?.kinds ?? NONE;
  const titleOf = useCallback((kind: string) => kinds.find((one) => one.kind === kind)?.title ?? kind.replaceAll("_", " "), [kinds]);
  return { kinds, titleOf };
}
