/** Name of the file that holds a configuration. */
export const CONFIG_FILE = 'brokerloom.config.yaml';
