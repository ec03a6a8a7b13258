/** How is a filled template written for Graph? Source: Cloud API "template messages" (reference: cloud-api §1). */
import type { FilledButton, FilledHeader, FilledVariable, TemplateContent } from '../../model-template';
import type { MediaSource } from '../../model';

type Json = Record<string, unknown>;

/** @param mediaId of the header's file, when it was uploaded */
export function templatePart(content: TemplateContent, mediaId: string | undefined): Json {
	const named = content.parameterFormat === 'named';
	const components = [
		...headerComponent(content.header, named, mediaId),
		...(content.body.length > 0 ? [{ type: 'body', parameters: texts(content.body, named) }] : []),
		...content.buttons.map(buttonComponent),
	];
	return {
		type: 'template',
		template: {
			name: content.name,
			language: { code: content.language },
			...(components.length > 0 ? { components } : {}),
		},
	};
}

function headerComponent(header: FilledHeader | null, named: boolean, mediaId: string | undefined): Json[] {
	if (header === null) return [];
	switch (header.type) {
		case 'text':
			return header.values.length > 0 ? [{ type: 'header', parameters: texts(header.values, named) }] : [];
		case 'location': {
			const { latitude, longitude, name, address } = header;
			const location = { latitude, longitude, ...(name ? { name } : {}), ...(address ? { address } : {}) };
			return [{ type: 'header', parameters: [{ type: 'location', location }] }];
		}
		case 'media': {
			const { mediaType, source, fileName } = header;
			const file = {
				...fileOf(source, mediaId),
				...(mediaType === 'document' && fileName ? { filename: fileName } : {}),
			};
			return [{ type: 'header', parameters: [{ type: mediaType, [mediaType]: file }] }];
		}
	}
}

function fileOf(source: MediaSource, mediaId: string | undefined): Json {
	if ('link' in source) return { link: source.link };
	return { id: 'providerMediaId' in source ? source.providerMediaId : mediaId };
}

function texts(values: readonly FilledVariable[], named: boolean): Json[] {
	return values.map(({ name, text }) => ({ type: 'text', ...(named ? { parameter_name: name } : {}), text }));
}

const BUTTONS = {
	quickReply: (value: string) => ({ sub_type: 'quick_reply', parameters: [{ type: 'payload', payload: value }] }),
	url: (value: string) => ({ sub_type: 'url', parameters: [{ type: 'text', text: value }] }),
	copyCode: (value: string) => ({ sub_type: 'copy_code', parameters: [{ type: 'coupon_code', coupon_code: value }] }),
};

function buttonComponent({ index, type, value }: FilledButton): Json {
	return { type: 'button', index: String(index), ...BUTTONS[type](value) };
}
