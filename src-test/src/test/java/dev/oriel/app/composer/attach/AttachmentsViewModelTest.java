package dev.oriel.app.composer.attach;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.composer.attach.DraftAttachment.Kind;
import dev.oriel.message.Json;
import dev.oriel.testing.media.SampleImages;
import dev.oriel.testing.media.TestAttachments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Attachments of drafts: what becomes of files, what is sent, what survives.
class AttachmentsViewModelTest {
    private final List<String> errors = new ArrayList<>();
    private final List<JsonNode> sent = new ArrayList<>();
    private final List<String> mentioned = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    @TempDir private Path folder;

    @SuppressWarnings("NullAway.Init")
    private AttachmentsViewModel model;

    @BeforeEach
    void open() {
        model = again();
    }

    private AttachmentsViewModel again() {
        AttachmentsViewModel created =
                TestAttachments.in(folder.resolve("attachments"), errors::add);
        created.open("s1");
        created.setOnMention(mentioned::add);
        created.setText(text::toString);
        return created;
    }

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private DraftAttachment add(String name, byte[] content) throws IOException {
        model.addFiles(List.of(file(name, content)));
        return model.attachments().getLast();
    }

    private void send(String text) {
        model.send(
                text,
                content -> {
                    sent.add(content);
                    return CompletableFuture.completedFuture(null);
                });
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private long storedFiles() throws IOException {
        Path stored = folder.resolve("attachments");
        if (!Files.exists(stored)) {
            return 0;
        }
        try (Stream<Path> all = Files.walk(stored)) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void anImageIsSentAsTheBytesOfItsFile() throws Exception {
        byte[] png = SampleImages.png(40, 30);
        DraftAttachment a = add("cat.png", png);
        assertThat(a.label()).startsWith("cat.png, 40 × 30, ");
        send("What is this?");
        assertThat(sent)
                .containsExactly(
                        Json.mapper()
                                .readTree(
                                        "[{\"type\":\"text\",\"text\":\"What is this?\"},"
                                                + SampleImages.block("image/png", png)
                                                + "]"));
        assertThat(model.attachments()).isEmpty();
        assertThat(storedFiles()).isZero();
    }

    @Test
    void hiddenCharactersOfANameAreVisibleOnItsChip() {
        Path file = Path.of("/a/photo\u202Egnp.exe\nb");
        assertThat(DraftAttachment.file("1", file).title()).isEqualTo("photo⟨U+202E⟩gnp.exe b");
    }

    @Test
    void anImageCanBeSentWithoutAText() throws Exception {
        add("cat.png", SampleImages.png(4, 3));
        send("  ");
        assertThat(sent.getFirst()).hasSize(1);
    }

    @Test
    void aDocumentHasItsNameAsTitle() throws Exception {
        add("report.PDF", SampleImages.startingWith("%PDF-1.7"));
        send("go");
        JsonNode block = sent.getFirst().path(1);
        assertThat(block.path("type").asText()).isEqualTo("document");
        assertThat(block.path("title").asText()).isEqualTo("report.PDF");
        assertThat(block.path("source").path("media_type").asText()).isEqualTo("application/pdf");
    }

    @Test
    void aTextFileIsSentAsADocumentWithItsPathAndReturnsAsOne() throws Exception {
        Path path = file("a.md", utf8("# Größe\n"));
        model.addFiles(List.of(path));
        send("Read it");
        JsonNode block = sent.getFirst().path(1);
        assertThat(block.path("type").asText()).isEqualTo("document");
        assertThat(block.path("title").asText()).isEqualTo(path.toString());
        assertThat(block.at("/source/type").asText()).isEqualTo("text");
        assertThat(block.at("/source/data").asText()).isEqualTo("# Größe\n");
        model.restore("s1", sent.getFirst());
        assertThat(model.attachments().getFirst().label()).startsWith("a.md, 1 line, 10 bytes");
        send("Again");
        assertThat(sent.get(1).path(1)).isEqualTo(block);
    }

    @Test
    void whatIsLargerThanTheServerAcceptsIsRefusedBeforeItIsSent() throws Exception {
        model.setMaxMessage(() -> 100_000);
        assertThat(add("a.txt", utf8("x".repeat(20_000))).isReady()).isTrue();
        assertThat(add("b.txt", utf8("x".repeat(20_000))).label()).contains("at most");
        model.remove(model.attachments().getLast());
        // Line breaks take two bytes in JSON.
        CompletableFuture<Void> stored = model.send("x\n".repeat(27_000), _ -> null);
        assertThat(stored).isCompletedExceptionally();
        assertThat(model.attachments()).hasSize(1);
        model.remove(model.attachments().getFirst());
        assertThat(model.send("x\n".repeat(34_000), _ -> null)).isCompletedExceptionally();
        send("x\n".repeat(32_000));
        assertThat(sent).hasSize(1);
    }

    @Test
    void ofAThousandFilesAHundredAreAttachedAndTheRestIsSaid() throws Exception {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            files.add(file("f" + i + ".txt", utf8("x")));
        }
        List<Integer> changes = new ArrayList<>();
        model.attachments()
                .addListener(
                        (ListChangeListener<DraftAttachment>) c -> changes.add(c.getList().size()));
        model.addFiles(files);
        assertThat(model.attachments()).hasSize(100).allMatch(DraftAttachment::isReady);
        assertThat(changes).hasSizeLessThan(110);
        assertThat(errors)
                .containsExactly("At most 100 files can be attached to a message. Left out: 900.");
        model.addPaste("p");
        assertThat(errors.getLast()).endsWith("Left out: 1.");
    }

    @Test
    void aPictureOfSeveralScreensIsScaled() throws Exception {
        byte[] png = SampleImages.png(7_000, 2_500);
        DraftAttachment ready = add("screens.png", png);
        assertThat(ready.label()).startsWith("screens.png, 1568 × 560, ");
        DraftAttachment damaged = add("half.png", Arrays.copyOf(png, png.length / 2));
        assertThat(damaged.label()).isEqualTo("half.png. The image is damaged.");
    }

    @Test
    void aDamagedImageIsRefused() throws Exception {
        byte[] png = SampleImages.png(40, 30);
        byte[] webp = SampleImages.webp(40, 30);
        assertThat(add("a.webp", webp).isReady()).isTrue();
        assertThat(add("b.webp", Arrays.copyOf(webp, webp.length - 1)).label()).contains("damaged");
        webp[20] = 0;
        assertThat(add("c.webp", webp).label()).contains("damaged");
        byte[] head = Arrays.copyOf(png, 33);
        assertThat(add("d.png", head).label()).contains("damaged");
    }

    @Test
    void forAServerThatTakesTextOnlyATextFileIsAFenceThatIsLongEnough() throws Exception {
        model.setUnsupported("This server accepts text only.");
        Path path = file("a.md", utf8("```\nx\n```\n"));
        model.addFiles(List.of(path));
        assertThat(model.attachments().getFirst().details()).startsWith("3 lines");
        send("Read it");
        assertThat(sent.getFirst().textValue())
                .isEqualTo("Read it\n\n`" + path + "`:\n\n````\n```\nx\n```\n````");
    }

    @Test
    void aPastedTextIsSentInFull() {
        model.setUnsupported("This server accepts text only.");
        String log = "line\n".repeat(200);
        model.addPaste(log);
        assertThat(model.attachments().getFirst().label()).isEqualTo("Pasted text, 200 lines");
        send("Why?");
        assertThat(sent.getFirst().textValue()).isEqualTo("Why?\n\n" + log);
    }

    @Test
    void whatCannotBeSentIsRefusedWithAReasonAndBlocksSending() throws Exception {
        assertThat(add("a.bin", new byte[] {0, 1, 2}).label()).contains("images, PDF");
        assertThat(add("empty.txt", new byte[0]).label()).contains("empty");
        assertThat(add("a.heic", SampleImages.startingWith("\0\0\0 ftypheic")).label())
                .contains("HEIC");
        assertThat(add("big.txt", new byte[600_000]).label()).isNotBlank();
        model.addFiles(List.of(folder.resolve("missing.txt"), folder));
        assertThat(model.attachments()).hasSize(6).noneMatch(DraftAttachment::isReady);
        assertThat(model.problem()).startsWith("Remove “a.bin” first.");
        assertThat(storedFiles()).isZero();
    }

    @Test
    void onTheSameComputerFoldersAndOtherFilesAreMentionedInstead() throws Exception {
        model.setLocal(() -> true);
        Path binary = file("a.bin", new byte[] {0, 1, 2});
        model.addFiles(List.of(folder, binary));
        assertThat(mentioned).containsExactly(folder.toString(), binary.toString());
        assertThat(model.attachments()).isEmpty();
    }

    @Test
    void aServerThatTakesTextOnlyRefusesImagesAndStillTakesTextFiles() throws Exception {
        add("cat.png", SampleImages.png(4, 3));
        add("a.txt", utf8("hello"));
        model.setUnsupported("This server accepts text only.");
        assertThat(model.attachments())
                .extracting(DraftAttachment::isReady)
                .containsExactly(false, true);
        assertThat(model.problem()).contains("This server accepts text only.");
        model.setUnsupported("");
        assertThat(model.problem()).isEmpty();
    }

    @Test
    void attachmentsAreKeptPerDraftAndSurviveAKilledWindow() throws Exception {
        add("cat.png", SampleImages.png(4, 3));
        model.addPaste("p".repeat(5_000));
        model.open("s2");
        assertThat(model.attachments()).isEmpty();
        add("dog.png", SampleImages.png(5, 3));
        // No orderly end.
        model = again();
        assertThat(model.attachments())
                .extracting(DraftAttachment::kind)
                .containsExactly(Kind.IMAGE, Kind.PASTED_TEXT);
        send("go");
        assertThat(sent.getFirst().path(0).path("text").asText()).isEqualTo("go");
        assertThat(sent.getFirst().findValues("data").getLast().asText()).hasSize(5_000);
        model.open("s2");
        assertThat(model.attachments().getFirst().name()).isEqualTo("dog.png");
    }

    @Test
    void onlyTheOwnerCanReadThem() throws Exception {
        add("cat.png", SampleImages.png(4, 3));
        try (Stream<Path> all = Files.walk(folder.resolve("attachments"))) {
            for (Path each : all.skip(1).toList()) {
                assertThat(Files.getPosixFilePermissions(each))
                        .doesNotContain(
                                PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
            }
        }
    }

    @Test
    void aDamagedListLosesOnlyWhatIsDamaged() throws Exception {
        add("cat.png", SampleImages.png(4, 3));
        add("dog.png", SampleImages.png(5, 3));
        Files.delete(folder.resolve("attachments/s1").resolve(model.attachments().getFirst().id()));
        assertThat(again().attachments())
                .extracting(DraftAttachment::name)
                .containsExactly("dog.png");
        Files.writeString(
                folder.resolve("attachments/s1/list.json"),
                "{\"attachments\":[{\"id\":\"../../x\",\"kind\":\"IMAGE\"},7,{}]}");
        assertThat(again().attachments()).isEmpty();
    }

    @Test
    void aPromptThatCouldNotBeStoredReturnsItsAttachments() throws Exception {
        add("cat.png", SampleImages.png(4, 3));
        CompletableFuture<Void> storing = new CompletableFuture<>();
        CompletableFuture<Void> stored = model.send("go", _ -> storing);
        assertThat(model.attachments()).isEmpty();
        add("dog.png", SampleImages.png(5, 3));
        storing.completeExceptionally(new IOException("full"));
        assertThat(stored).isCompletedExceptionally();
        assertThat(model.attachments())
                .extracting(DraftAttachment::name)
                .containsExactly("cat.png", "dog.png");
        assertThat(again().attachments()).hasSize(2);
    }

    /// Takes back a removal while the text can be undone too.
    private boolean undo() {
        return model.undoRemoval(true, () -> text.setLength(0));
    }

    @Test
    void aRemovalCanBeTakenBackOnce() throws Exception {
        byte[] png = SampleImages.png(4, 3);
        model.remove(add("cat.png", png));
        assertThat(model.attachments()).isEmpty();
        assertThat(storedFiles()).isZero();
        assertThat(undo()).isTrue();
        assertThat(undo()).isFalse();
        assertThat(model.content(model.attachments().getFirst()).join()).isEqualTo(png);
    }

    @Test
    void aPastedTextCanBeMovedIntoTheMessageAndBack() {
        List<String> inserted = new ArrayList<>();
        String text = "word ".repeat(1_000);
        model.addPaste(text);
        model.expand(model.attachments().getFirst(), inserted::add);
        assertThat(inserted).containsExactly(text);
        assertThat(model.attachments()).isEmpty();
        assertThat(undo()).isTrue();
        send("");
        assertThat(sent.getFirst().at("/0/source/data").asText()).isEqualTo(text);
        assertThat(sent.getFirst().at("/0/title").asText()).isEqualTo("Pasted text");
    }

    @Test
    void movingAPastedTextIntoTheMessageIsDoneAgainWithItsChip() {
        String pasted = "word ".repeat(1_000);
        model.addPaste(pasted);
        model.expand(model.attachments().getFirst(), text::append);
        assertThat(undo()).isTrue();
        assertThat(model.attachments()).hasSize(1);
        assertThat(text).isEmpty();

        assertThat(model.redoExpansion(() -> text.append(pasted))).isTrue();
        assertThat(model.attachments()).isEmpty();
        assertThat(text).hasToString(pasted);
        assertThat(model.redoExpansion(() -> text.append(pasted))).isFalse();

        assertThat(undo()).isTrue();
        assertThat(model.attachments()).hasSize(1);
        text.append("something else");
        assertThat(model.redoExpansion(() -> text.append(pasted))).isFalse();
        assertThat(model.attachments()).hasSize(1);
    }

    @Test
    void removalsAreTakenBackInTheOrderOfTheChanges() throws Exception {
        model.addPaste("p".repeat(5_000));
        DraftAttachment image = add("cat.png", SampleImages.png(4, 3));
        model.expand(model.attachments().getFirst(), text::append);
        model.remove(image);
        assertThat(model.attachments()).isEmpty();

        assertThat(undo()).isTrue();
        assertThat(model.attachments()).extracting(DraftAttachment::kind).containsOnly(Kind.IMAGE);
        assertThat(text).hasSize(5_000);
        assertThat(undo()).isTrue();
        assertThat(model.attachments()).hasSize(2);
        assertThat(text).isEmpty();
    }

    @Test
    void aRemovalBeforeTheLastChangeOfTheTextIsNotTakenBackFirst() throws Exception {
        model.remove(add("cat.png", SampleImages.png(4, 3)));
        text.append("more");
        assertThat(undo()).isFalse();
        assertThat(model.undoRemoval(false, () -> text.setLength(0))).isTrue();
        assertThat(text).hasToString("more");
    }

    @Test
    void aTextIsNotMovedIntoTheMessageOfAnotherPage() {
        Queue<Runnable> reading = new ArrayDeque<>();
        AttachmentStore store = new AttachmentStore(folder.resolve("attachments"));
        model.addPaste("p".repeat(5_000));
        model =
                new AttachmentsViewModel(
                        store,
                        store.read(),
                        reading::add,
                        Runnable::run,
                        Runnable::run,
                        errors::add);
        model.open("s1");
        model.expand(model.attachments().getFirst(), text::append);
        model.open("s2");
        reading.forEach(Runnable::run);
        assertThat(text).isEmpty();
        model.open("s1");
        assertThat(model.attachments()).hasSize(1);
    }

    @Test
    void aTextThatTheFieldWouldBeSlowWithStaysAnAttachment() {
        model.addPaste("p".repeat(LongPaste.MOST_EDITABLE));
        assertThat(model.attachments().getLast().isExpandable()).isTrue();
        model.addPaste("p".repeat(LongPaste.MOST_EDITABLE + 1));
        assertThat(model.attachments().getLast().isExpandable()).isFalse();
        assertThat(model.attachments().getLast().isReady()).isTrue();
    }

    @Test
    void whatTheAgentCannotReadEitherIsRefusedInsteadOfMentioned() throws Exception {
        model.setLocal(() -> true);
        byte[] png = SampleImages.png(40, 30);
        Path broken = file("broken.png", Arrays.copyOf(png, png.length / 2));
        Path empty = file("empty.txt", new byte[0]);
        model.addFiles(List.of(broken, empty, folder.resolve("missing.txt")));
        assertThat(mentioned).isEmpty();
        assertThat(model.attachments())
                .extracting(DraftAttachment::label)
                .containsExactly(
                        "broken.png. The image is damaged.",
                        "empty.txt. The file is empty.",
                        "missing.txt. The file does not exist.");
    }

    @Test
    void theImagesOfAPromptThatWasTakenBackAreAttachedAgain() throws Exception {
        add("cat.png", SampleImages.png(4, 3));
        send("go");
        model.restore("s1", sent.getFirst());
        assertThat(model.attachments()).hasSize(1);
        send("again");
        assertThat(sent.get(1).path(1)).isEqualTo(sent.get(0).path(1));
    }

    @Test
    void anImageThatCannotBeSavedAgainSaysSoAndIsNotSent() throws Exception {
        add("cat.png", SampleImages.png(4, 3));
        send("go");
        Files.deleteIfExists(folder.resolve("attachments"));
        Files.createFile(folder.resolve("attachments"));
        model.restore("s1", sent.getFirst());
        assertThat(model.attachments().getFirst().label()).contains("could not be saved to disk");
        assertThat(model.problem()).isNotEmpty();
    }

    @Test
    void theAttachmentsOfADeletedSessionAreDeleted() throws Exception {
        add("cat.png", SampleImages.png(4, 3));
        model.delete("s1");
        assertThat(storedFiles()).isZero();
    }

    @Test
    void whatIsRemovedWhileItIsPreparedLeavesNoFile() throws Exception {
        Queue<Runnable> preparing = new ArrayDeque<>();
        AttachmentStore store = new AttachmentStore(folder.resolve("attachments"));
        model =
                new AttachmentsViewModel(
                        store,
                        store.read(),
                        Runnable::run,
                        preparing::add,
                        Runnable::run,
                        errors::add);
        model.open("s1");
        DraftAttachment removed = add("cat.png", SampleImages.png(4, 3));
        model.remove(removed);
        preparing.remove().run();
        assertThat(model.attachments()).isEmpty();
        assertThat(storedFiles()).isZero();
    }

    @Test
    void aStoredNameCannotLeaveTheFolderOfTheDraft() throws Exception {
        add("cat.png", SampleImages.png(4, 3));
        Path list = folder.resolve("attachments/s1/list.json");
        ObjectNode stored = (ObjectNode) Json.mapper().readTree(Files.readString(list));
        ((ObjectNode) stored.at("/attachments/0")).put("id", "../../secret");
        Files.writeString(list, stored.toString());
        Files.writeString(folder.resolve("secret"), "a secret of the user");

        model = again();

        assertThat(model.attachments()).isEmpty();
    }

    private AttachmentsViewModel onSteps(Queue<Runnable> steps) {
        AttachmentStore store = new AttachmentStore(folder.resolve("attachments"));
        AttachmentsViewModel created =
                new AttachmentsViewModel(
                        store, store.read(), steps::add, steps::add, Runnable::run, errors::add);
        created.open("s1");
        return created;
    }

    private static void run(Queue<Runnable> steps) {
        while (!steps.isEmpty()) {
            steps.remove().run();
        }
    }

    @Test
    void attachmentsThatReturnToADeletedSessionLeaveNothingOnDisk() throws Exception {
        add("cat.png", SampleImages.png(40, 30));
        CompletableFuture<Void> stored = new CompletableFuture<>();
        model.send("What is this?", _ -> stored);
        model.open("s2");
        model.delete("s1");
        stored.completeExceptionally(new IOException("The session was deleted."));
        assertThat(storedFiles()).isZero();
        assertThat(folder.resolve("attachments/s1")).doesNotExist();
        String block = SampleImages.block("image/png", SampleImages.png(2, 2));
        model.restore("s1", Json.mapper().readTree("[" + block + "]"));
        assertThat(folder.resolve("attachments/s1")).doesNotExist();
    }

    @Test
    void anAttachmentThatIsPreparedWhileItsSessionIsDeletedLeavesNothingOnDisk() throws Exception {
        Queue<Runnable> steps = new ArrayDeque<>();
        AttachmentsViewModel slow = onSteps(steps);
        slow.addFiles(List.of(file("cat.png", SampleImages.png(40, 30))));
        slow.open("s2");
        slow.delete("s1");
        run(steps);
        assertThat(folder.resolve("attachments/s1")).doesNotExist();
    }

    @Test
    void anAttachmentThatCannotBeReadIsNamedWithoutThePathOfItsCopy() throws Exception {
        DraftAttachment a = add("cat.png", SampleImages.png(40, 30));
        Files.delete(folder.resolve("attachments/s1").resolve(a.id()));
        model.decode(a, bytes -> bytes, _ -> {});
        assertThat(errors)
                .containsExactly(
                        "“cat.png” cannot be read any more. Remove it and attach it again.");
    }
}
