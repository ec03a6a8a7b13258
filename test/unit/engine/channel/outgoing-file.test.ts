import { settleFile } from '../../../../engine/channel/outgoing-file';
import type { MediaType } from '../../../../engine/model';

const BYTES = {
	pdf: Buffer.from('%PDF-1.4\n1 0 obj'),
	jpeg: Buffer.from('ffd8ffe000104a464946', 'hex'),
	png: Buffer.from('89504e470d0a1a0a0000000d', 'hex'),
	webp: Buffer.from('RIFF\x24\x00\x00\x00WEBPVP8 ', 'latin1'),
	mp4: Buffer.from('\x00\x00\x00\x18ftypmp42', 'latin1'),
	m4a: Buffer.from('\x00\x00\x00\x18ftypM4A ', 'latin1'),
	ogg: Buffer.from('OggS\x00\x02'),
	html: Buffer.from('\n<!DOCTYPE html><html><body>Login</body></html>'),
	zip: Buffer.from('PK\x03\x04rest', 'latin1'),
	text: Buffer.from('nome;valor\nAna;10'),
	junk: Buffer.from('000102030405', 'hex'),
};

const settle = (mediaType: MediaType, bytes: keyof typeof BYTES, mimeType: string, fileName: string | null = null) => {
	const result = settleFile(mediaType, { bytes: BYTES[bytes], mimeType, fileName });
	return result.type === 'refused'
		? `${result.error.code}: ${result.explanation}`
		: `${result.mimeType} ${result.fileName}`;
};

describe('type and name of a file to send', () => {
	it.each([
		['document', 'pdf', '', 'boleto', 'application/pdf boleto.pdf'],
		['document', 'pdf', 'application/octet-stream', null, 'application/pdf arquivo.pdf'],
		['image', 'jpeg', 'application/octet-stream', null, 'image/jpeg arquivo.jpg'],
		['image', 'png', '', null, 'image/png arquivo.png'],
		['sticker', 'webp', 'binary/octet-stream', null, 'image/webp arquivo.webp'],
		['video', 'mp4', '', 'filme', 'video/mp4 arquivo.mp4'],
		['audio', 'm4a', '', null, 'audio/mp4 arquivo.m4a'],
		['audio', 'ogg', 'application/octet-stream', null, 'audio/ogg arquivo.ogg'],
	] as const)('%s %s declared as %j is found out by its first bytes', (mediaType, bytes, type, name, expected) => {
		expect(settle(mediaType, bytes, type, name)).toBe(expected);
	});

	it('tells the office formats apart by their names', () => {
		expect(settle('document', 'zip', '', 'planilha.xlsx')).toBe(
			'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet planilha.xlsx',
		);
		expect(settle('document', 'zip', '', 'fotos')).toBe('application/zip fotos.zip');
	});

	it('takes the type from the extension where neither type nor bytes say it', () => {
		expect(settle('document', 'text', 'application/octet-stream', 'lista.csv')).toBe('text/csv lista.csv');
		expect(settle('document', 'junk', 'application/octet-stream', 'desenho.dwg')).toBe(
			'application/octet-stream desenho.dwg',
		);
	});

	it('corrects one kind of image called another (131053)', () => {
		expect(settle('image', 'png', 'image/jpg')).toBe('image/png arquivo.png');
	});

	it('appends the extension a document lacks, and cleans its name', () => {
		expect(settle('document', 'pdf', 'application/pdf', 'Contrato 2026.03')).toBe(
			'application/pdf Contrato 2026.03.pdf',
		);
		expect(settle('document', 'pdf', 'application/pdf; name=x', '../segredo/boleto.pdf')).toBe(
			'application/pdf boleto.pdf',
		);
	});

	it('leaves the known extension of a text or spreadsheet alone', () => {
		expect(settle('document', 'text', 'text/plain', 'lista.csv')).toBe('text/plain lista.csv');
	});

	it('refuses a web page saved as a PDF, and says so', () => {
		expect(settle('document', 'html', 'application/pdf', 'boleto.pdf')).toBe(
			'fileContent: O arquivo diz ser um PDF, mas o conteúdo é uma página da web (HTML), como uma tela de erro ou de login. ' +
				'Confira de onde ele vem, ou corrija o tipo do arquivo.',
		);
	});

	it.each([
		['document', 'junk', 'application/pdf', 'O arquivo diz ser um PDF, mas o conteúdo não é.'],
		['image', 'pdf', 'image/png', 'O arquivo diz ser uma imagem PNG, mas o conteúdo é um PDF.'],
		['video', 'jpeg', 'video/mp4', 'O arquivo diz ser um vídeo MP4, mas o conteúdo é uma imagem JPEG.'],
		['audio', 'junk', 'audio/ogg', 'O arquivo diz ser um áudio OGG, mas o conteúdo não é.'],
		[
			'document',
			'html',
			'application/msword',
			'O arquivo diz ser um arquivo application/msword, mas o conteúdo é uma página',
		],
	] as const)('refuses a %s of %s declared as %s', (mediaType, bytes, type, expected) => {
		expect(settle(mediaType, bytes, type)).toContain(`fileContent: ${expected}`);
	});

	it('refuses a name that promises another type', () => {
		expect(settle('document', 'jpeg', 'image/jpeg', 'boleto.pdf')).toBe(
			'fileName: O nome "boleto.pdf" não combina com o arquivo, que é uma imagem JPEG. ' +
				'Corrija a extensão do nome ou envie o arquivo certo.',
		);
		expect(
			settle('document', 'zip', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'a.pdf'),
		).toMatch(/^fileName/);
	});

	it('allows what may be true', () => {
		expect(settle('video', 'mp4', 'video/3gpp')).toBe('video/3gpp arquivo.3gp');
		expect(settle('audio', 'mp4', 'audio/mp4')).toBe('audio/mp4 arquivo.m4a');
		expect(settle('audio', 'junk', 'audio/mpeg')).toBe('audio/mpeg arquivo.mp3');
		expect(settle('document', 'text', 'application/vnd.ms-excel', 'lista.csv')).toBe(
			'application/vnd.ms-excel lista.csv',
		);
	});
});
