/** What does this template say with the values of this item? A template that goes out, or the reason why not. */
import { fillTemplate } from '../../../engine/index';
import type { TemplateValues, Unsendable } from '../../../engine/index';
import type { Template, TemplateContent } from '../../../engine/model-template';
import { attached, isLink, linked } from '../attachment';
import type { SendCall } from '../send-items';
import { FILE, FILE_NAME, PLACE } from './form';
import { formValues } from './form-values';

/** `ignored`: keys with a value that the template has no place for; it may have been edited since the form was filled in. */
export type ItemTemplate = { type: 'filled'; content: TemplateContent; ignored: string[] } | Unsendable;

export async function fillForItem(template: Template, call: SendCall): Promise<ItemTemplate> {
	const given = formValues(template, call.params.value('templateValues'), call.item.json);
	if (!given.ok) return unsendable(given);
	const { [FILE]: file = '', [FILE_NAME]: fileName = '', ...rest } = given.values;
	const { values, place } = withoutPlace(rest);
	const made = await headerOf(template, { file: file.trim(), fileName: fileName.trim(), place }, call);
	if (!made.ok) return unsendable(made);
	const filled = fillTemplate(template, { variables: values, header: made.header });
	return filled.ok ? { type: 'filled', content: filled.content, ignored: filled.ignored } : unsendable(filled);
}

interface Place {
	latitude: string;
	longitude: string;
	name: string;
	address: string;
}

type Header = { ok: true; header: TemplateValues['header'] } | { ok: false; code: string; explanation: string };

/** Whether it fits, and whether it is there at all, is judged where templates are filled. */
async function headerOf(
	template: Template,
	given: { file: string; fileName: string; place: Place },
	call: SendCall,
): Promise<Header> {
	const type = template.header?.type ?? 'text';
	if (type === 'text') return { ok: true, header: undefined };
	if (type === 'location') return placeOf(template, given.place);
	const { file, fileName } = given;
	if (file === '') return { ok: true, header: undefined };
	if (!isLink(file) && !call.item.binary?.[file]) return noFile(template, file, Object.keys(call.item.binary ?? {}));
	const source = isLink(file) ? linked(file) : await attached(call, file);
	const shownName = type === 'document' ? fileName || source.fileName : undefined;
	return { ok: true, header: { type: 'media', ...source, fileName: shownName } };
}

function noFile({ name }: Template, field: string, there: string[]): Header {
	const hint =
		there.length > 0 ? `Arquivos do item: ${there.join(', ')}.` : 'Nenhum nó anterior deu um arquivo a este item.';
	return {
		ok: false,
		code: 'templateHeaderMissing',
		explanation: `O cabeçalho do modelo "${name}" precisa de um arquivo, e o item não tem nenhum no campo "${field}". ${hint}`,
	};
}

function placeOf({ name: template }: Template, { latitude, longitude, name, address }: Place): Header {
	if (latitude === '' || longitude === '') return { ok: true, header: undefined };
	const [north, east] = [decimal(latitude), decimal(longitude)];
	if (!(Math.abs(north) <= 90) || !(Math.abs(east) <= 180)) {
		return {
			ok: false,
			code: 'templateVariableInvalid',
			explanation: `O cabeçalho do modelo "${template}" é uma localização, e "${latitude}, ${longitude}" não é um ponto do mapa. Use graus decimais, como -23.561414.`,
		};
	}
	return {
		ok: true,
		header: {
			type: 'location',
			latitude: north,
			longitude: east,
			name: name || undefined,
			address: address || undefined,
		},
	};
}

function withoutPlace(given: Record<string, string>): { values: Record<string, string>; place: Place } {
	const { [PLACE.latitude]: latitude, [PLACE.longitude]: longitude, ...named } = given;
	const { [PLACE.name]: name, [PLACE.address]: address, ...values } = named;
	const [at, along, called, where] = [latitude, longitude, name, address].map((text) => (text ?? '').trim());
	return { values, place: { latitude: at!, longitude: along!, name: called!, address: where! } };
}

/** "-23,56" is how many people write it. */
function decimal(text: string): number {
	return Number(text.replace(',', '.'));
}

function unsendable({ code, explanation }: { code: string; explanation: string }): Unsendable {
	return { type: 'unsendable', code, explanation };
}
