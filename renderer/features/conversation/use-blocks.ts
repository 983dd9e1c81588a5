import { useEffect, useMemo, useState } from 'react';
import type { JsonValue, Message } from '#shared/model/conversation.ts';
import { BlockBuilder, blockLength, type Block } from './blocks.ts';

/** Messages whose steps are there at once: more than anybody sees before the others are. */
const firstMessages = 200;
/** What one piece of work may take, in ms: half a frame. */
const pieceMs = 8;

/** The steps of a conversation: those of its beginning at once, all of them a moment later where there are thousands. */
export function useBlocks({
  messages,
  unknownItems,
}: {
  readonly messages: readonly Message[];
  readonly unknownItems: readonly JsonValue[];
}): {
  readonly blocks: readonly Block[];
  readonly isWhole: boolean;
} {
  const builder = useMemo(() => new BlockBuilder(messages, unknownItems), [messages, unknownItems]);
  const first = useMemo(() => {
    builder.build((done) => done < firstMessages);
    return { builder, blocks: [...builder.blocks], isWhole: builder.isWhole };
  }, [builder]);
  const [whole, setWhole] = useState(first);

  useEffect(() => {
    if (first.isWhole) return undefined;
    let measured = 0;
    let timer = setTimeout(goOn);
    function goOn(): void {
      const until = performance.now() + pieceMs;
      const hasTime = (): boolean => performance.now() < until;
      builder.build(hasTime);
      // What the list and the outline will ask of each step.
      for (; builder.isWhole && measured < builder.blocks.length && hasTime(); measured++) {
        const block = builder.blocks[measured];
        if (block !== undefined) blockLength(block);
      }
      if (builder.isWhole && measured === builder.blocks.length) setWhole({ builder, blocks: [...builder.blocks], isWhole: true });
      else timer = setTimeout(goOn);
    }
    return () => clearTimeout(timer);
  }, [builder, first]);
  return whole.builder === builder ? whole : first;
}
