import { DataPage } from "@/features/data/DataPage";
import { DropZone } from "@/features/upload/Uploads";

/** Features do not know each other: the page that lists files and the part that sends them meet here. */
export function DataRoute() {
  return <DataPage dropZone={<DropZone />} />;
}
