import { memoryTransports } from './index.ts';
import { transportConformance } from './testing/conformance.ts';

transportConformance('memory', () => {
  const [client, server] = memoryTransports();
  return { client, server };
});
