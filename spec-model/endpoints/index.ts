/** MIMI over HTTPS: the directory, endpoints, paths and status codes. */
export { endpointDecisions } from "./decisions.ts";
export {
  type Directory,
  DirectoryError,
  directoryAt,
  directoryDocument,
  directoryPath,
  parseDirectory,
} from "./directory.ts";
export { type EndpointName, endpointNames, statusCodes } from "./endpoint.ts";
export { endpointAt, endpointUrl } from "./paths.ts";
export { endpoints } from "./table.ts";
