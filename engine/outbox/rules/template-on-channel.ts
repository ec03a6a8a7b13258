import type { OutboundContent } from '../../model';
import type { TemplateContent } from '../../model-template';

/**
 * What a channel that knows no templates sends in the place of one: its text, with its file when it has one, its quick replies
 * as a menu (C-23, D8). Everything else goes as it is.
 */
export function contentOnChannel(content: OutboundContent, channelHasTemplates: boolean): OutboundContent {
	if (content.type !== 'template' || channelHasTemplates) return content;
	return withFile(content) ?? withOptions(content) ?? { type: 'text', text: content.text };
}

/** One message can carry a file or options, not both: then the options are read in the caption. */
function withFile({ header, text, options }: TemplateContent): OutboundContent | null {
	if (header?.type !== 'media') return null;
	const { mediaType, source, mimeType, fileName } = header;
	const caption = [text, ...options.map(({ title }) => `• ${title}`)].join('\n');
	return { type: 'media', mediaType, source, caption, ...(mimeType && { mimeType }), ...(fileName && { fileName }) };
}

function withOptions({ text, options }: TemplateContent): OutboundContent | null {
	if (options.length === 0) return null;
	const plainText = [text, '', ...options.map(({ title }, i) => `${i + 1} - ${title}`)].join('\n');
	return { type: 'menu', body: text, plainText, options, style: 'auto' };
}
