import { z } from 'zod';

// Zod would otherwise try `new Function`, which the page's content security policy forbids. Imported before any schema is made.
z.config({ jitless: true });
