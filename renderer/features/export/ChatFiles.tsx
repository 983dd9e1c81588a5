import { ChatFileField } from './ChatFileField.tsx';
import type { ExportModel } from './use-export-model.ts';

/** What texts are made and counted with: the same for the preview, and for a budget of tokens. */
export function ChatFiles({ model: { state, dispatch } }: { model: Pick<ExportModel, 'state' | 'dispatch'> }) {
  const { template, tokenizer, named } = state;
  return (
    <>
      <ChatFileField
        kind="template"
        title="Chat template"
        without={named.template === undefined ? 'ChatML, our own' : `the recipe’s ${named.template.name}`}
        choice={template}
        onChoice={(choice) => dispatch({ type: 'chat', kind: 'template', choice })}
      />
      <ChatFileField
        kind="tokenizer"
        title="Tokenizer"
        without={named.tokenizer === undefined ? 'none: tokens are estimated' : `the recipe’s ${named.tokenizer.name}`}
        choice={tokenizer}
        onChoice={(choice) => dispatch({ type: 'chat', kind: 'tokenizer', choice })}
      />
    </>
  );
}
