/** Every request of the conversations, by theme. */
export * from "./base";
export * from "./reactions";
export * from "./threads";
export * from "./polls";
export * from "./hooks";
export * from "./decisions";
export * from "./search";
export * from "./later";
export * from "./files";
