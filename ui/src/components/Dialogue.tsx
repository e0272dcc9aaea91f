import { Modal } from "@mantine/core";
import type { ReactNode } from "react";

/** Something small above the page that takes the keys until Esc. */
export function Dialogue({ name, opened, onClose, size, padded = true, children }: { name: string; opened: boolean; onClose: () => void; size: number; padded?: boolean; children: ReactNode }) {
  return (
    <Modal.Root opened={opened} onClose={onClose} size={size} yOffset="12vh" transitionProps={{ duration: 0 }}>
      <Modal.Overlay backgroundOpacity={0.32} />
      <Modal.Content aria-label={name}>
        <Modal.Body p={padded ? 16 : 0}>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
